import { useEffect, useMemo, useRef, useState } from 'react';
import { printable } from '../printable';
import {
  type ArrayDimension,
  arrayDimensions,
  type ArrayElement,
  parseArray,
} from './array-literal';
import { hexDump, imageType, parseHexBytes } from './bytes';
import { JsonTreeView } from './json-tree-view';
import { parseJsonTree } from './json-tree';
import styles from './value.module.css';
import type { ValuePart } from './value-parts';

interface FormProps {
  readonly text: string;
}

/** JSON as a tree; text that is no JSON, which the server would not send, as it is. */
export function TreeForm({ text }: FormProps) {
  const tree = useMemo(() => parseJsonTree(text), [text]);
  return tree === null ? <>{text}</> : <JsonTreeView node={tree} />;
}

/** The elements of an array, a line each with its number, and how many there are. */
export function ListForm({ text }: FormProps) {
  const elements = useMemo(() => parseArray(text) ?? [], [text]);
  const dimensions = useMemo(() => arrayDimensions(text, elements), [text, elements]);
  return (
    <>
      <p className={styles['size']}>{dimensionsText(dimensions)}</p>
      {elements.length > 0 && <Elements elements={elements} dimensions={dimensions} />}
    </>
  );
}

function dimensionsText(dimensions: readonly ArrayDimension[]): string {
  if (dimensions.length === 0) return 'no elements';
  const lengths = dimensions.map(({ length }) => length.toLocaleString('en')).join(' × ');
  const [only] = dimensions;
  const isOne = dimensions.length === 1 && only?.length === 1;
  const from = dimensions.some(({ lower }) => lower !== 1)
    ? `, numbered from ${dimensions.map(({ lower }) => lower).join(' and ')}`
    : '';
  return `${lengths} ${isOne ? 'element' : 'elements'}${from}`;
}

interface ElementsProps {
  readonly elements: readonly ArrayElement[];
  /** This one and those within. */
  readonly dimensions: readonly ArrayDimension[];
}

function Elements({ elements, dimensions: [dimension, ...inner] }: ElementsProps) {
  return (
    <ol className={styles['list']} start={dimension?.lower ?? 1}>
      {elements.map((element, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the place is what an element is known by
        <li key={index}>
          {element === null || typeof element === 'string' ? (
            <Scalar text={element} />
          ) : (
            <Elements elements={element} dimensions={inner} />
          )}
        </li>
      ))}
    </ol>
  );
}

function Scalar({ text }: { readonly text: string | null }) {
  if (text === null) {
    return (
      <span className={styles['scalar']} data-kind="null">
        NULL
      </span>
    );
  }
  return text === '' ? <span className={styles['size']}>empty</span> : <>{printable(text)}</>;
}

/** What a value consists of, a line for each part. */
export function PartsForm({ parts }: { readonly parts: readonly ValuePart[] }) {
  return (
    <dl className={styles['parts']}>
      {parts.map(({ label, text, note }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            {text === null && note !== null ? null : <Scalar text={text} />}
            {note !== null && <span className={styles['size']}> {note}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Bytes that are laid out at once. */
const dumpedAtOnce = 16 * 1024;

/** Bytes in hex beside the characters that they may be. */
export function HexForm({ text }: FormProps) {
  const [count, setCount] = useState(dumpedAtOnce);
  const bytes = useMemo(() => parseHexBytes(text), [text]);
  if (bytes === null) return <>{text}</>;
  return (
    <>
      {hexDump(bytes, count)}
      {count < bytes.length && (
        <button
          type="button"
          className={styles['more']}
          onClick={() => setCount(count + dumpedAtOnce * 8)}
        >
          {(bytes.length - count).toLocaleString('en')} further bytes
        </button>
      )}
    </>
  );
}

/** A picture, from its bytes. */
export function ImageForm({ text }: FormProps) {
  const image = useRef<HTMLImageElement>(null);
  const [size, setSize] = useState<string | null>(null);
  const [isDamaged, setDamaged] = useState(false);
  useEffect(() => {
    const bytes = parseHexBytes(text);
    if (bytes === null || image.current === null) return undefined;
    const url = URL.createObjectURL(new Blob([bytes], { type: imageType(bytes) ?? '' }));
    image.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [text]);
  return (
    <figure className={styles['image']}>
      <img
        ref={image}
        alt="The value"
        hidden={isDamaged}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) => {
          setDamaged(false);
          setSize(`${naturalWidth} × ${naturalHeight}`);
        }}
        onError={() => {
          setDamaged(true);
          setSize('It begins like a picture, but cannot be shown as one.');
        }}
      />
      <figcaption>{size}</figcaption>
    </figure>
  );
}

/** Offers the bytes of a value as a file. */
export function saveBytes(text: string, name: string): void {
  const bytes = parseHexBytes(text);
  const type = bytes === null ? 'text/plain' : (imageType(bytes) ?? 'application/octet-stream');
  const url = URL.createObjectURL(new Blob([bytes ?? text], { type }));
  const link = document.createElement('a');
  const endings: Readonly<Record<string, string>> = {
    'text/plain': 'txt',
    'image/png': 'png',
    'image/jpeg': 'jpg',
    'image/gif': 'gif',
    'image/webp': 'webp',
  };
  link.href = url;
  link.download = `${name.replaceAll(/[^\p{L}\p{N}_-]+/gu, '_')}.${endings[type] ?? 'bin'}`;
  link.click();
  // The browser reads it after the click, while a person may still choose the place.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
