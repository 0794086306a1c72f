import type { AppInfo } from '@shared/models/app-info';
import { Button } from '../../components/button';
import { ErrorNotice, Notice } from '../../components/notice';
import styles from './welcome-screen.module.css';

interface StartNoticesProps {
  readonly appInfo: AppInfo;
  /** Looks again, after a keychain was installed or unlocked. */
  readonly onCheckAgain: () => void;
}

/** What a person should know before the first connection: a missing keychain, files set aside. */
export function StartNotices({ appInfo, onCheckAgain }: StartNoticesProps) {
  const { keychain, notices } = appInfo;
  // Main's own words say more about what a missing keychain means for what is saved.
  const aboutKeychain = notices.find(({ kind }) => kind === 'KeychainUnavailable');
  return (
    <>
      {(aboutKeychain ?? (keychain.available ? null : keychain)) && (
        <Notice
          tone="warning"
          className={styles['banner']}
          title={aboutKeychain?.message ?? 'No keychain is available: passwords cannot be saved'}
          actions={
            <Button variant="link" onClick={onCheckAgain}>
              Check again
            </Button>
          }
        >
          {aboutKeychain?.advice ??
            keychain.advice ??
            'Connections work; each asks for its password when it is opened.'}
        </Notice>
      )}
      {notices
        .filter((notice) => notice !== aboutKeychain)
        .map((notice) => (
          <ErrorNotice key={notice.message} className={styles['banner']} error={notice} />
        ))}
    </>
  );
}
