import type { Locator, Page } from '@playwright/test';

/** The SQL editor of the tab in front. */
export const editor = (window: Page): Locator => window.getByRole('textbox', { name: /SQL/ });

/** Replaces the editor's text, as typing would. */
export async function type(window: Page, sql: string): Promise<void> {
  await editor(window).click();
  await window.keyboard.press('Control+A');
  await window.keyboard.insertText(sql);
}

/** Replaces the editor's text and runs the statement at its end. */
export async function run(window: Page, sql: string): Promise<void> {
  await type(window, sql);
  await window.keyboard.press('Control+Enter');
}

/** A cell of the result on screen by its whole text. */
export const cell = (window: Page, text: string): Locator =>
  window.getByRole('gridcell', { name: text, exact: true });
