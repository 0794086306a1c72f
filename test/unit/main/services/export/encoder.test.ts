import { expect, it } from 'vitest';
import { encode } from '../../../../../src/main/services/export/encode';
import { batchOf } from '../../../renderer/components/grid/row-batches';
import { column, encodedText, options, text, type GivenOptions, type Row } from './encoded';

/** The chunks of a file whose rows come in one batch: between two of them other work has its turn. */
async function chunksOf(rows: readonly Row[]): Promise<Uint8Array[]> {
  const batches = async function* () {
    yield batchOf(rows, 1);
  };
  const chunks: Uint8Array[] = [];
  const given = options({ format: 'csv', header: false });
  for await (const chunk of encode([text('a')], batches(), given, () => undefined)) {
    chunks.push(chunk);
  }
  return chunks.filter(({ length }) => length > 0);
}

it.each([
  ['many cells', Array.from({ length: 25_000 }, (_, row) => [String(row)]), 3],
  ['many bytes', Array.from({ length: 100 }, (_, row) => [`${row} `.padEnd(10_000, 'x')]), 8],
  ['a long cell', [['1'], ['x'.repeat(1_000_000)], ['3']], 11],
  ['few of both', Array.from({ length: 100 }, (_, row) => [String(row)]), 1],
])('encodes a batch of %s in turns', async (_name, rows, turns) => {
  const chunks = await chunksOf(rows);
  expect(chunks).toHaveLength(turns);
  expect(Buffer.concat(chunks).toString()).toBe(rows.map(([cell]) => `${cell ?? ''}\n`).join(''));
});

/** What formats escape, and characters of two to four bytes: pieces end at many places of it. */
const part = `"b'c\\d,e\nf\r\ng\th_i é_ü ж_ _ж 𝒳_ <b>|&~*x*[z]\u2028;`;

it.each<[GivenOptions, number, string]>([
  [{ format: 'csv' }, 25, part],
  [{ format: 'csv', guardFormulas: true }, 25, `=é${part}`],
  [{ format: 'csv' }, 25, 'xé'],
  [{ format: 'tsv' }, 25, part],
  [{ format: 'tsv', guardFormulas: true }, 25, `\uFF1Dé${part}`],
  [{ format: 'json' }, 25, part],
  [{ format: 'ndjson' }, 25, part],
  [{ format: 'json' }, 114, `"é ж 𝒳 _",\n{"a": 1},`],
  [{ format: 'insert', table: 't' }, 25, part],
  [{ format: 'insert', table: 't' }, 25, `it's é`],
  [{ format: 'markdown' }, 25, part],
])(
  'encodes a long cell in pieces like a short one: %o, type %i, %j',
  async (given, typeOid, text) => {
    const columns = [column('a', 25), column('b', typeOid), column('c', 25)];
    const encoded = (parts: number): Promise<string> =>
      encodedText(columns, [['1', text.repeat(parts), null]], given);
    const parts = Math.ceil(1_000_000 / text.length);
    const [two, three, many] = [await encoded(2), await encoded(3), await encoded(parts)];
    // Behind the é of the first part comes, for one part more, as much as of the next one.
    const place = two.indexOf('é');
    const added = three.slice(place, place + three.length - two.length);
    const expected = two.slice(0, place) + added.repeat(parts - 2) + two.slice(place);
    expect(many === expected).toBe(true);
  },
);
