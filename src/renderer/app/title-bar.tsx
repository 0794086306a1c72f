import type { Connection } from '@shared/models/connection-profile';
import { House, Monitor, Moon, PanelLeft, Plus, Search, Settings, Sun, X } from 'lucide-react';
import { runCommand } from '../api/commands';
import { classNames } from '../components/class-names';
import { ColorDot, EnvironmentBadge } from '../components/environment-badge';
import { IconButton } from '../components/icon-button';
import { DropdownMenu } from '../components/menu';
import { printable } from '../components/printable';
import { commandKeys } from '../components/shortcut-text';
import { ShownName } from '../components/shown-name';
import { Spinner } from '../components/spinner';
import { useTheme, type ThemePreference } from '../theme/theme-store';
import { useSettings } from '../api/settings';
import { applySettings } from '../components/apply-settings';
import { newConnection, requestClose } from './actions';
import { goHome, showConnection } from './app-store';
import { useConnectionActivity } from './connection-activity';
import { toggleSidebar } from './sidebar';
import styles from './title-bar.module.css';

interface TitleBarProps {
  readonly connections: readonly Connection[];
  /** Null on the welcome screen. */
  readonly current: Connection | null;
}

/** The slim bar at the top: home, the open connections, the theme. */
export function TitleBar({ connections, current }: TitleBarProps) {
  return (
    <header
      className={classNames(
        styles['bar'],
        current?.environment === 'production' && styles['production'],
        current?.environment === 'staging' && styles['staging'],
      )}
    >
      <div className={styles['side']}>
        <IconButton
          label="Connections"
          icon={<House />}
          aria-pressed={current === null}
          onClick={goHome}
        />
        {current && (
          <IconButton
            label="Toggle sidebar"
            shortcut={commandKeys('toggle-sidebar')}
            icon={<PanelLeft />}
            onClick={toggleSidebar}
          />
        )}
      </div>
      <nav className={styles['tabs']} aria-label="Open connections">
        {connections.map((connection) => (
          <ConnectionTab
            key={connection.connectionId}
            connection={connection}
            isCurrent={connection.connectionId === current?.connectionId}
          />
        ))}
        <IconButton
          label="New connection"
          shortcut={commandKeys('new-connection')}
          icon={<Plus />}
          onClick={newConnection}
        />
      </nav>
      <div className={styles['side']}>
        <IconButton
          label="Go to anything"
          shortcut={commandKeys('quick-open')}
          icon={<Search />}
          onClick={() => runCommand('quick-open')}
        />
        <ThemeMenu />
        <IconButton
          label="Settings"
          shortcut={commandKeys('show-settings')}
          icon={<Settings />}
          onClick={() => runCommand('show-settings')}
        />
      </div>
    </header>
  );
}

interface ConnectionTabProps {
  readonly connection: Connection;
  readonly isCurrent: boolean;
}

function ConnectionTab({ connection, isCurrent }: ConnectionTabProps) {
  const { connectionId, name, environment, color, database, host } = connection;
  const activity = useConnectionActivity(connection);
  return (
    <div
      className={classNames(styles['tab'], isCurrent && styles['current'])}
      onAuxClick={(event) => event.button === 1 && void requestClose(connection)}
    >
      <button
        type="button"
        className={styles['switch']}
        aria-current={isCurrent}
        title={printable(`${name}\n${database} on ${host}`)}
        onClick={() => showConnection(connectionId)}
      >
        <ColorDot color={color} />
        <span className={styles['name']}>
          <ShownName name={name} />
        </span>
        {activity.running > 0 && <Spinner />}
        {activity.transactions > 0 && (
          <span
            className={styles['transaction']}
            data-failed={activity.transaction === 'failed' ? '' : undefined}
            title={activity.transaction === 'failed' ? 'Failed transaction' : 'Open transaction'}
          />
        )}
        {(environment === 'production' || environment === 'staging') && (
          <EnvironmentBadge environment={environment} />
        )}
      </button>
      <IconButton
        size="small"
        label="Close the connection"
        icon={<X />}
        className={styles['close']}
        onClick={() => void requestClose(connection)}
      />
    </div>
  );
}

const themes: readonly { preference: ThemePreference; label: string; icon: React.ReactNode }[] = [
  { preference: 'system', label: 'Like the system', icon: <Monitor /> },
  { preference: 'light', label: 'Light', icon: <Sun /> },
  { preference: 'dark', label: 'Dark', icon: <Moon /> },
];

function ThemeMenu() {
  const theme = useTheme((state) => state.theme);
  const preference = useSettings((state) => state.theme);
  return (
    <DropdownMenu
      actions={themes.map(({ preference: choice, label, icon }) => ({
        label,
        icon,
        isChosen: choice === preference,
        onSelect: () => void applySettings({ theme: choice }),
      }))}
    >
      <IconButton label="Theme" icon={theme === 'dark' ? <Moon /> : <Sun />} />
    </DropdownMenu>
  );
}
