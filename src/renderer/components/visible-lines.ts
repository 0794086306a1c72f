import { printable } from './printable';

/** Text with its line breaks and tabs as they are, everything else that is invisible made visible. */
export function visibleLines(text: string): string {
  return text
    .split('\n')
    .map((line) => line.split('\t').map(printable).join('\t'))
    .join('\n');
}
