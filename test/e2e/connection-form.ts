import type { Locator, Page } from '@playwright/test';
import { expect } from './launch';

/** Pastes a connection URL on the welcome screen, which opens the form filled in with it. */
export async function paste(window: Page, url: string): Promise<void> {
  const field = window.getByRole('textbox', { name: 'Paste a connection URL' });
  await field.fill(url);
  await field.press('Enter');
  await expect(window.getByRole('dialog')).toBeVisible();
}

/** The saved connections of the list, or of a part of it. */
export const lines = (scope: Page | Locator): Locator => scope.locator('[data-profile]');

/** The line of a saved connection by its name. */
export function profileLine(window: Page, name: string): Locator {
  return lines(window).filter({
    has: window.locator('[data-name]').getByText(name, { exact: true }),
  });
}
