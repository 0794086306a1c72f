import { renderToStaticMarkup } from 'react-dom/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useHeaderPress } from '../../../../src/renderer/features/table-data/use-header-press';

/** As much of an element as the hook looks at. */
class FakeElement {
  readonly dataset: Record<string, string>;
  constructor(dataset: Record<string, string>) {
    this.dataset = dataset;
  }
  closest(): FakeElement | null {
    return 'column' in this.dataset ? this : null;
  }
}

type Handlers = ReturnType<typeof useHeaderPress>;
const onPress = vi.fn<(column: number, isAdded: boolean) => void>();
const onResize = vi.fn<() => void>();
let handlers: Handlers | null = null;

function Host({ take }: { readonly take: (given: Handlers) => void }): null {
  take(useHeaderPress({ onPress, onResize }));
  return null;
}

/** Presses the button on an element and lets it go `moved` pixels to the right. */
function press(dataset: Record<string, string>, moved = 0): void {
  const event = (clientX: number) =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the hook reads of an event
    ({
      target: new FakeElement(dataset),
      button: 0,
      clientX,
      clientY: 0,
      shiftKey: false,
    }) as unknown as Parameters<Handlers['onPointerDownCapture']>[0];
  handlers?.onPointerDownCapture(event(0));
  handlers?.onPointerUpCapture(event(moved));
}

beforeEach(() => {
  vi.stubGlobal('HTMLElement', FakeElement);
  onPress.mockClear();
  onResize.mockClear();
  renderToStaticMarkup(<Host take={(given) => (handlers = given)} />);
});
afterEach(() => vi.unstubAllGlobals());

it('sorts by a press in place, and by no drag', () => {
  press({ column: '2' });
  press({ column: '3' }, 10);
  expect(onPress.mock.calls).toEqual([[2, false]]);
  expect(onResize).not.toHaveBeenCalled();
});

it('tells of another width after the edge of a column was dragged, or pressed twice', () => {
  press({ resizeHandle: '' }, 30);
  expect(onResize).toHaveBeenCalledTimes(1);
  handlers?.onDoubleClick();
  expect(onResize).toHaveBeenCalledTimes(2);
  expect(onPress).not.toHaveBeenCalled();
});

it('keeps no widths because a cell was pressed: they are fitted to the rows until somebody changes them', () => {
  press({});
  handlers?.onDoubleClick();
  expect(onResize).not.toHaveBeenCalled();
});
