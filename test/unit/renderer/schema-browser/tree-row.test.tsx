import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { TreeRowView } from '../../../../src/renderer/features/schema-browser/tree-row';
import type {
  RowContent,
  TreeRow,
} from '../../../../src/renderer/features/schema-browser/tree-node';
import { column, table } from './catalog-fixture';

const nothing = (): void => undefined;

function markup(content: RowContent, rest: Partial<TreeRow> = {}, filter = ''): string {
  const row: TreeRow = {
    key: 'k',
    content,
    text: '',
    level: 2,
    parentKey: 'p',
    expanded: false,
    position: 3,
    siblings: 7,
    ...rest,
  };
  return renderToStaticMarkup(
    <TreeRowView
      id="row"
      row={row}
      isActive
      filter={filter}
      top={0}
      onPress={nothing}
      onOpen={nothing}
      onToggle={nothing}
      onRetry={nothing}
    />,
  );
}

describe('a line of the tree', () => {
  it('tells assistive technology its place', () => {
    const html = markup({ kind: 'relation', table: table('orders') });
    for (const attribute of [
      'role="treeitem"',
      'aria-level="2"',
      'aria-posinset="3"',
      'aria-setsize="7"',
      'aria-expanded="false"',
      'aria-selected="true"',
      'aria-label="orders, table"',
    ]) {
      expect(html).toContain(attribute);
    }
  });

  it('has no aria-expanded where nothing can be unfolded', () => {
    const content = { kind: 'relation', table: table('s', { kind: 'sequence' }) } as const;
    expect(markup(content, { expanded: null })).not.toContain('aria-expanded');
  });

  it('shows a name with markup in it as text', () => {
    const html = markup({ kind: 'relation', table: table('<img src=x onerror=alert(1)>') });
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
  });

  it('shows control characters of a name by their signs', () => {
    const html = markup({ kind: 'relation', table: table('a\nb\u202ec') });
    // In badges, as in the cells of a grid: a name may hold these letters, too.
    expect(html).toMatch(/a<span[^>]*>↵<\/span>b<span[^>]*>\\u202e<\/span>c/u);
    // Neither the name for a screen reader nor the tooltip has the character itself.
    expect(html).not.toContain('\u202e');
    const commented = table('t', { comment: 'one\ntwo\u202e' });
    expect(markup({ kind: 'relation', table: commented })).toContain('one\ntwo\\u202e');
    const letters = markup({ kind: 'relation', table: table('b\\u202ec') });
    expect(letters).toContain('>b\\u202ec<');
  });

  it('marks what the filter found, in the letters of the name', () => {
    const html = markup({ kind: 'relation', table: table('Customer_Orders') }, {}, 'order');
    expect(html).toMatch(/Customer_<mark[^>]*>Order<\/mark>s/);
  });

  it('shows whether a column takes NULL and what type it has', () => {
    const content = (nullable: boolean) =>
      ({
        kind: 'column',
        table: table('t'),
        column: column('c', { type: 'timestamp with time zone', nullable }),
        references: [],
      }) as const;
    expect(markup(content(true), { expanded: null })).toContain(
      'c, timestamp with time zone, nullable',
    );
    expect(markup(content(true), { expanded: null })).toContain('>?<');
    expect(markup(content(false), { expanded: null })).not.toContain('>?<');
  });

  it('offers to try a failed part again', () => {
    const html = markup({
      kind: 'failed',
      error: { kind: 'Timeout', message: 'canceling statement due to statement timeout' },
      retry: { kind: 'tables', schema: 'public' },
    });
    expect(html).toContain('canceling statement due to statement timeout');
    expect(html).toContain('Try again');
  });
});
