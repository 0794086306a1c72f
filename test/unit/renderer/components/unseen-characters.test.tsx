import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { nameParts, printable } from '../../../../src/renderer/components/printable';
import { JsonTreeView } from '../../../../src/renderer/components/value/json-tree-view';
import { PlanView } from '../../../../src/renderer/features/query/plan/plan-view';
import { ColumnsSection } from '../../../../src/renderer/features/schema-browser/details/columns-section';
import { ItemSection } from '../../../../src/renderer/features/schema-browser/details/section';
import { column } from '../schema-browser/catalog-fixture';

describe('nameParts', () => {
  it('tells signs from the same letters in a name', () => {
    expect(nameParts('a\u202eb\n')).toEqual([
      { text: 'a', isSign: false },
      { text: '\\u202e', isSign: true },
      { text: 'b', isSign: false },
      { text: '↵', isSign: true },
    ]);
    expect(nameParts('\\u202e')).toEqual([{ text: '\\u202e', isSign: false }]);
    expect(nameParts('')).toEqual([]);
  });

  it('says what `printable` says', () => {
    for (const name of ['film', 'a\u202eb\u0000', '\ufeff', '👩\u200d💻']) {
      expect(
        nameParts(name)
          .map(({ text }) => text)
          .join(''),
      ).toBe(printable(name));
    }
  });
});

describe('what would turn the direction of a text is seen', () => {
  it('in a string of JSON, which is copied as it is', () => {
    const html = renderToStaticMarkup(
      <JsonTreeView node={{ kind: 'scalar', text: '"a\u202eb"' }} />,
    );
    expect(html).toContain('data-sign="\\u202e"');
  });

  it('in the lines of a plan', () => {
    const html = renderToStaticMarkup(
      <PlanView text={"Filter: (a = '\u202eb')"} onCopied={() => undefined} />,
    );
    expect(html).toContain('data-sign="\\u202e"');
  });

  it('in the default of a column and in the definition of an item', () => {
    const columns = [column('c', { default: "'a\u202eb'::text" })];
    const items = [
      { sign: 'check', name: 'n', aside: null, notes: [], definition: "CHECK (a <> '\u202eb')" },
    ] as const;
    for (const html of [
      renderToStaticMarkup(<ColumnsSection columns={columns} />),
      renderToStaticMarkup(<ItemSection title="Checks" items={items} />),
    ]) {
      expect(html).toContain('\\u202e');
      expect(html).not.toContain('\u202e');
    }
  });
});
