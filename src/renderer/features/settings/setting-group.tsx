import {
  defaultSettings,
  defaultsOf,
  settingGroups,
  type SettingGroup,
} from '@shared/models/settings';
import type { ReactNode } from 'react';
import { useSettings } from '../../api/settings';
import { applySettings } from '../../components/apply-settings';
import { Button } from '../../components/button';
import styles from './settings.module.css';

interface SettingGroupProps {
  readonly group: SettingGroup;
  readonly children: ReactNode;
}

/** The settings that stand together, with the way back to what they were at first. */
export function SettingGroupFields({ group, children }: SettingGroupProps) {
  const isChanged = useSettings((settings) =>
    settingGroups[group].some((name) => settings[name] !== defaultSettings[name]),
  );
  return (
    <div className={styles['group']}>
      {children}
      <div className={styles['reset']}>
        <Button
          size="small"
          disabled={!isChanged}
          onClick={() => void applySettings(defaultsOf(group))}
        >
          Reset to defaults
        </Button>
      </div>
    </div>
  );
}
