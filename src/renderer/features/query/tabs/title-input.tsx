import { useState } from 'react';
import styles from './tab-strip.module.css';

interface TitleInputProps {
  readonly title: string;
  /** `null` leaves the title as it was. `isByKey`: the focus is still in the field. */
  readonly onEnd: (title: string | null, isByKey: boolean) => void;
}

/** The title of a tab while it is changed. */
export function TitleInput({ title, onEnd }: TitleInputProps) {
  const [text, setText] = useState(title);
  return (
    <input
      className={styles['rename']}
      aria-label="Title of the tab"
      // oxlint-disable-next-line jsx-a11y/no-autofocus -- it opens to be typed into
      autoFocus
      maxLength={200}
      value={text}
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => onEnd(text, false)}
      onPointerDown={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') onEnd(text, true);
        if (event.key === 'Escape') onEnd(null, true);
      }}
    />
  );
}
