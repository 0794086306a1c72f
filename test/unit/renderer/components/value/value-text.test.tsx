import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { ValueText } from '../../../../../src/renderer/components/value/value-text';

const signsOf = (text: string): string[] =>
  [...renderToStaticMarkup(<ValueText text={text} />).matchAll(/data-sign="([^"]*)"/gu)].map(
    ([, sign]) => sign ?? '',
  );

describe('ValueText', () => {
  it('keeps every character, beside the sign of one that cannot be seen', () => {
    const html = renderToStaticMarkup(<ValueText text={'a\u202eb\u0007'} />);
    expect(html.replaceAll(/<[^>]*>/gu, '')).toBe('a\u202eb\u0007');
    expect(signsOf('a\u202eb\u0007')).toEqual(['\\u202e', '␇']);
  });

  it('lays out line breaks and tabs, and points out a carriage return of its own', () => {
    expect(signsOf('one\n\ttwo\r\nthree')).toEqual([]);
    expect(signsOf('one\rtwo')).toEqual(['␍']);
  });

  it('leaves joiners to the scripts and emoji that need them', () => {
    expect(signsOf('👩\u200d💻 می\u200cخواهم')).toEqual([]);
  });
});
