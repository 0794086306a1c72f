import { describe, expect, it } from 'vitest';
import { hasOldestServer } from '../../../scripts/setup/oldest-server.mjs';
import { desktopSession, sessionEnvironment } from '../../../scripts/test/desktop-session.mjs';
import { chooseStages } from '../../../scripts/test/stages.mjs';

function namesOf(names: readonly string[]): readonly string[] {
  const choice = chooseStages(names);
  if ('unknown' in choice) throw new Error(choice.unknown);
  return choice.chosen.map(({ name }) => name);
}

describe('chooseStages', () => {
  it('runs everything, quick checks first, the build before the end-to-end tests', () => {
    expect(namesOf([])).toEqual([
      'typecheck',
      'lint',
      'format',
      'unit',
      'integration',
      ...(hasOldestServer ? ['integration-oldest'] : []),
      'build',
      'e2e',
      'package',
    ]);
  });

  it('runs the named stages in that order', () => {
    expect(namesOf(['integration', 'lint'])).toEqual(['lint', 'integration']);
  });

  it('reports a name that is no stage', () => {
    expect(chooseStages(['unit', 'untit'])).toEqual({ unknown: 'untit' });
  });
});

describe('the desktop session of the end-to-end tests', () => {
  it("keeps off the person's home, display, bus and keychain", () => {
    const env = {
      PATH: '/bin',
      HOME: '/home/ada',
      DISPLAY: ':0',
      WAYLAND_DISPLAY: 'wayland-0',
      XDG_CONFIG_HOME: '/home/ada/.config',
      DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/user/1000/bus',
      GNOME_KEYRING_CONTROL: '/run/user/1000/keyring',
    };
    expect(sessionEnvironment(env, '/tmp/s')).toEqual({
      PATH: '/bin',
      HOME: '/tmp/s',
      XDG_RUNTIME_DIR: '/tmp/s',
    });
  });

  it('leaves the command alone where the system has a desktop', () => {
    const session = desktopSession('darwin', { command: 'node', args: ['a b'] });
    expect([session.command, ...session.args]).toEqual(['node', 'a b']);
  });

  it('wraps it on Linux without touching its arguments', () => {
    const session = desktopSession('linux', { command: 'node', args: ['a b', '$HOME'] });
    expect(session.command).toBe('dbus-run-session');
    expect(session.args.slice(-3)).toEqual(['node', 'a b', '$HOME']);
    session.dispose();
  });
});
