import { describe, expect, it, vi } from 'vitest';
import { answerSelectAll } from '../../../../src/renderer/app/select-all';
import { answerGridKey } from '../../../../src/renderer/components/grid/grid-keyboard';
import type { GridView } from '../../../../src/renderer/components/grid/grid-view';
import { latinKey } from '../../../../src/renderer/components/latin-key';
import { tableCommandOf } from '../../../../src/renderer/features/table-data/table-keys';

const press = (
  key: string,
  code: string,
  modifiers: { alt?: true; control?: true; shift?: true },
) => ({
  key,
  code,
  ctrlKey: modifiers.control === true,
  metaKey: false,
  shiftKey: modifiers.shift === true,
  altKey: modifiers.alt === true,
});
const control = { control: true } as const;

describe('latinKey', () => {
  it.each([
    ['c', 'KeyC', 'c'],
    ['C', 'KeyC', 'c'],
    // The letter that is written on it, where the layout is Latin: Dvorak has "c" in another place.
    ['c', 'KeyI', 'c'],
    ['с', 'KeyC', 'c'],
    ['ψ', 'KeyC', 'c'],
    ['ß', 'KeyS', 's'],
    ['Tab', 'Tab', 'tab'],
    ['é', 'Digit2', 'é'],
  ])('names %s on %s as %s', (key, code, name) => expect(latinKey({ key, code })).toBe(name));
});

describe('the keys of a Cyrillic layout', () => {
  it('copy from the grid and go to a row', () => {
    const commands = {
      copy: vi.fn<() => void>(),
      openDetail: vi.fn<() => void>(),
      goToRow: vi.fn<() => void>(),
    };
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- neither key asks the view anything
    const view = {} as GridView;
    expect(answerGridKey(press('с', 'KeyC', control), view, commands)).toBe(true);
    expect(answerGridKey(press('п', 'KeyG', control), view, commands)).toBe(true);
    expect([commands.copy, commands.goToRow].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
  });

  it.each([
    ['а', 'KeyF', control, 'filter'],
    ['А', 'KeyF', { ...control, shift: true }, 'filter-row'],
    ['ы', 'KeyS', { alt: true }, 'sort'],
    ['Ы', 'KeyS', { alt: true, shift: true }, 'add-sort'],
  ] as const)('ask the table with %s for what its Latin letter does', (key, code, held, command) =>
    expect(tableCommandOf(press(key, code, held))).toBe(command),
  );

  it('select all, but leave a field alone', () => {
    const select = vi.fn<() => void>();
    class Element {
      readonly #isField: boolean;
      constructor(isField: boolean) {
        this.#isField = isField;
      }
      matches(): boolean {
        return this.#isField;
      }
      closest(): null {
        return null;
      }
    }
    vi.stubGlobal('Element', Element);
    vi.stubGlobal('document', { body: null });
    vi.stubGlobal('getSelection', () => ({ selectAllChildren: select }));
    const event = (isField: boolean): KeyboardEvent =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the function reads of an event
      ({
        ...press('ф', 'KeyA', control),
        target: new Element(isField),
      }) as unknown as KeyboardEvent;
    expect([answerSelectAll(event(false)), answerSelectAll(event(true))]).toEqual([true, false]);
    expect(select).toHaveBeenCalledOnce();
    vi.unstubAllGlobals();
  });
});
