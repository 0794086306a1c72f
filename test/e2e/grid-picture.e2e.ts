import type { Page } from '@playwright/test';
import { expect, test } from './launch';
import { run } from './query-tab';

test.setTimeout(120_000);

/** Values of each kind that is drawn in its own way, as texts: those stand at the left of their cells. */
const rows = `select 'row ' || n as name,
  case n % 3 when 0 then '-> != >= === www' when 1 then 'Привет, мир' else 'naïve Ωμέγα' end as signs,
  case n % 4 when 0 then 'one word after another, until they are cut ' || n else 'Один очень длинный текст, который обрезан ' || n end as cut,
  repeat('x', n % 20) || 'end' as steps
  from generate_series(1, 400) as n`;

/** Shows the elements that tell of the rows, in the look that the canvas is to have, in place of the canvas. */
const elementsShown = `
  [role=rowgroup] canvas { visibility: hidden; }
  [role=gridcell] {
    box-sizing: border-box; padding: 0 11px 0 10px; overflow: hidden; text-overflow: ellipsis;
    color: var(--text); font: 400 12px / 25px var(--font-mono); font-variant-ligatures: none;
  }`;

test('the picture of the rows shows what their elements tell', async ({ launch, database }) => {
  const { user, host, port } = database.settings;
  const password = encodeURIComponent((await database.settings.password()) ?? '');
  const { window } = await launch({
    env: { DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database.name}` },
  });
  await window.getByRole('button', { name: /DATABASE_URL/ }).click();
  await run(window, rows);
  const grid = window.getByRole('grid');
  const cell = (text: string) => grid.getByRole('gridcell', { name: text, exact: true });
  await expect(cell('row 1')).toBeVisible();

  await test.step('the first rows', async () => {
    await expectSamePicture(window);
  });

  await test.step('rows between two steps of the wheel', async () => {
    await grid.hover();
    await window.mouse.wheel(0, 3000 - 11);
    await expect(cell('row 120')).toBeInViewport();
    await expectSamePicture(window);
  });

  await test.step('numbers of rows below those that are selected', async () => {
    await grid.focus();
    await window.keyboard.press('Control+Home');
    await window.keyboard.press('Shift+ArrowDown');
    const plain = await numberColor(window, 6);
    await expect.poll(() => numberColor(window)).not.toBe(plain);
    await grid.hover();
    await window.mouse.wheel(0, 26 * 4);
    await expect(cell('row 1')).not.toBeInViewport();
    await expect.poll(() => numberColor(window)).toBe(plain);
  });

  await test.step('a narrower column', async () => {
    const header = await grid.getByRole('columnheader', { name: 'cut' }).boundingBox();
    if (header === null) throw new Error('The header is not shown.');
    await window.mouse.move(header.x + header.width - 1, header.y + 10);
    await window.mouse.down();
    await window.mouse.move(header.x + header.width - 90, header.y + 10, { steps: 4 });
    await window.mouse.up();
    await expectSamePicture(window);
  });

  await test.step('a picture that the graphics card has lost', async () => {
    await window.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('[role=rowgroup] canvas');
      canvas?.getContext('2d')?.reset();
      canvas?.dispatchEvent(new Event('contextrestored'));
    });
    await expectSamePicture(window);
  });

  await test.step('the other theme', async () => {
    await window.emulateMedia({ colorScheme: 'dark' });
    await expect(window.locator('html')).toHaveAttribute('data-theme', 'dark');
    await expectSamePicture(window);
  });
});

/** The colour behind the number of a row, counted from the top of what is in view. */
async function numberColor(window: Page, row = 0): Promise<string> {
  return window.evaluate((line) => {
    const canvas = document.querySelector<HTMLCanvasElement>('[role=rowgroup] canvas');
    const at = { x: 3, y: (line * 26 + 5) * devicePixelRatio };
    const pixel = canvas?.getContext('2d')?.getImageData(at.x, at.y, 1, 1).data;
    return String(pixel);
  }, row);
}

/** Compares the letters of each cell in view with those that the browser makes of its element. */
async function expectSamePicture(window: Page): Promise<void> {
  // The pointer would change what is below it.
  await window.mouse.move(5, 5);
  const canvas = await window.screenshot({ animations: 'disabled' });
  await window.evaluate((content) => {
    // Not an element: the page allows no style sheets but its own.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(content);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  }, elementsShown);
  const elements = await window.screenshot({ animations: 'disabled' });
  await window.evaluate(() => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.slice(0, -1);
  });
  const compared = await window.evaluate(compareCells, {
    canvas: canvas.toString('base64'),
    elements: elements.toString('base64'),
  });
  expect(compared.length).toBeGreaterThan(12);
  for (const { text, ink, differing } of compared) {
    expect(ink, text).toBeGreaterThan(10);
    // Edges of letters may lie between pixels in one of them.
    expect(differing / ink, text).toBeLessThan(0.1);
  }
}

/** For each cell that is wholly in view: the pixels that are not of the background, and those of them that differ. */
async function compareCells(pictures: { canvas: string; elements: string }) {
  const pixelsOf = async (base64: string): Promise<ImageData> => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    if (context === null) throw new Error('There is no canvas.');
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const canvas = await pixelsOf(pictures.canvas);
  const elements = await pixelsOf(pictures.elements);
  const scale = canvas.width / innerWidth;
  const level = (picture: ImageData, x: number, y: number): number => {
    const at = (y * picture.width + x) * 4;
    return (picture.data[at] ?? 0) + (picture.data[at + 1] ?? 0) + (picture.data[at + 2] ?? 0);
  };
  const body = document.querySelector('[role=rowgroup]')?.getBoundingClientRect();
  const compared: { text: string; ink: number; differing: number }[] = [];
  for (const cell of document.querySelectorAll('[role=gridcell]:not([hidden])')) {
    const box = cell.getBoundingClientRect();
    if (body === undefined || box.top < body.top || box.bottom > body.bottom) continue;
    if (box.right > body.right - 12) continue;
    let ink = 0;
    let differing = 0;
    const background = level(
      canvas,
      Math.round((box.left + 4) * scale),
      Math.round((box.top + 4) * scale),
    );
    for (let y = Math.round((box.top + 2) * scale); y < (box.bottom - 2) * scale; y += 1) {
      for (let x = Math.round((box.left + 2) * scale); x < (box.right - 2) * scale; x += 1) {
        const drawn = level(canvas, x, y);
        const told = level(elements, x, y);
        if (Math.abs(drawn - background) > 120 || Math.abs(told - background) > 120) ink += 1;
        if (Math.abs(drawn - told) > 120) differing += 1;
      }
    }
    compared.push({ text: cell.textContent ?? '', ink, differing });
  }
  return compared;
}
