import { execFileSync } from 'node:child_process';
import { userInfo } from 'node:os';

/**
 * The account that servers of the tests run under where the tests run as root, which they refuse: that
 * of the test server. Null for everyone else.
 */
export function serverAccount(): { readonly uid: number; readonly gid: number } | null {
  if (userInfo().uid !== 0) return null;
  const id = (flag: string): number =>
    Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}
