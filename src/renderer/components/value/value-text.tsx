import { unseenSign } from '../printable';
import styles from '../unseen-sign.module.css';

/**
 * What no eye would see, or what would turn the direction of the text around it. Line breaks and tabs
 * are laid out instead, and joiners (U+200C, U+200D) belong to emoji and to several scripts.
 */
const unseen =
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  /([\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\r(?!\n))/u;

/**
 * A value as it was sent. Signs stand before the characters that cannot be seen, drawn by the style
 * sheet alone: what is selected and copied is the value.
 */
export function ValueText({ text }: { readonly text: string }) {
  // Split by one group, every second part is what the group matched.
  return text.split(unseen).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- the place is what a character is known by
      <bdi key={index} className={styles['unseen']} data-sign={unseenSign(part)}>
        {part}
      </bdi>
    ),
  );
}
