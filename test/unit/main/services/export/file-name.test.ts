import { expect, it } from 'vitest';
import { safeFileName } from '../../../../../src/main/services/export/file-name';

it.each([
  ['orders', 'orders'],
  ['../../etc/passwd', '_.._etc_passwd'],
  ['a"b<c>:d|e?f*\n', 'a_b_c_d_e_f_'],
  [' .. ', 'export'],
  ['', 'export'],
  ['Aux', 'Aux_'],
  ['Bücher 🐘', 'Bücher 🐘'],
  ['x'.repeat(99) + '🐘', 'x'.repeat(99)],
])('suggests for %j a name that every file system takes', (name, expected) => {
  expect(safeFileName(name)).toBe(expected);
});
