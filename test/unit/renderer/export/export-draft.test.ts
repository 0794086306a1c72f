import { describe, expect, it } from 'vitest';
import { checkDraft, firstDraft } from '../../../../src/renderer/features/export/export-draft';
import { byteText, durationText } from '../../../../src/renderer/features/export/progress-text';
import { exportFormats } from '../../../../src/shared/models/export';

describe('checkDraft', () => {
  it.each(exportFormats.filter((format) => format !== 'insert'))(
    'takes the first choices for %s',
    (format) => {
      expect(checkDraft({ ...firstDraft, format })).toMatchObject({
        ok: true,
        options: { format },
      });
    },
  );

  it('gives each format its own text for NULL', () => {
    const draft = { ...firstDraft, csvNull: 'a', tsvNull: 'b', markdownNull: 'c' };
    const nullTexts = (['csv', 'tsv', 'markdown'] as const).map((format) => {
      const checked = checkDraft({ ...draft, format });
      return checked.ok && 'nullText' in checked.options ? checked.options.nullText : null;
    });
    expect(nullTexts).toEqual(['a', 'b', 'c']);
  });

  it('says by field what is wrong', () => {
    const insert = { ...firstDraft, format: 'insert' } as const;
    expect(checkDraft({ ...insert, rowsPerStatement: '1e3' })).toEqual({
      ok: false,
      errors: {
        table: 'Enter the table to insert into.',
        rowsPerStatement: 'Enter a number of rows.',
      },
    });
    expect(checkDraft({ ...insert, table: 't', rowsPerStatement: '0' })).toMatchObject({
      errors: { rowsPerStatement: 'At least one row goes into a statement.' },
    });
    expect(checkDraft({ ...firstDraft, delimiter: ';', csvNull: ';' })).toMatchObject({
      errors: { nullText: 'Use a text without the delimiter.' },
    });
    expect(checkDraft({ ...firstDraft, csvNull: 'a"b' })).toMatchObject({ ok: false });
  });
});

describe('what is said of progress', () => {
  it('is short', () => {
    expect([0, 999, 1000, 1_250_000, 345_600_000].map(byteText)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 kB',
      '1.3 MB',
      '346 MB',
    ]);
    expect([-5, 440, 12_900, 185_000].map(durationText)).toEqual([
      '0.0 s',
      '0.4 s',
      '12 s',
      '3 min 05 s',
    ]);
  });
});
