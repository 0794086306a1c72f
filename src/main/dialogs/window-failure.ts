import { dialog, type BrowserWindow } from 'electron';

/** Asks what to do with a window whose page has failed twice within a short time. */
export async function askAfterFailure(window: BrowserWindow): Promise<'reload' | 'quit'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    title: 'Postern',
    message: 'The window has failed again.',
    detail: 'The texts of the tabs are saved. Please report it with the file main.log.',
    buttons: ['Load it again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  return response === 0 ? 'reload' : 'quit';
}
