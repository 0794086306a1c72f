import { nameParts } from './printable';
import styles from './unseen-sign.module.css';

/** The class of a sign that stands for a character which cannot be seen, for what draws names by itself. */
export const signClass = styles['sign'] ?? '';

/** A name with a badge in place of each character that cannot be seen, as values have them in a grid. */
export function ShownName({ name }: { readonly name: string }) {
  return nameParts(name).map(({ text, isSign }, index) =>
    isSign ? (
      // oxlint-disable-next-line react/no-array-index-key -- the place is what a character is known by
      <span key={index} className={signClass}>
        {text}
      </span>
    ) : (
      text
    ),
  );
}
