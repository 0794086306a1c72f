import { Button } from '../../../components/button';
import { Notice } from '../../../components/notice';
import { printable } from '../../../components/printable';
import { readFileAgain, saveFile, saveOver } from './file-actions';
import styles from './file-banner.module.css';
import { useFileNews } from './file-news';
import type { TabFile } from './tab-file';

interface FileBannerProps {
  /** The workspace's key. */
  readonly workspace: string;
  readonly tabId: string;
  readonly file: TabFile;
}

/** Says that a tab's file is not what the tab knows of it, and what can be done. */
export function FileBanner({ workspace, tabId, file }: FileBannerProps) {
  const news = useFileNews((state) => state.news[tabId]);
  if (news === undefined) return null;
  if (news.kind === 'gone') {
    return (
      <Notice
        tone="warning"
        className={styles['banner']}
        title={`${printable(file.path)} was moved or deleted. The text is kept in this tab.`}
        actions={
          <Button size="small" onClick={() => void saveFile(workspace, tabId)}>
            Save it there again
          </Button>
        }
      />
    );
  }
  return (
    <Notice
      tone="warning"
      className={styles['banner']}
      title={`${printable(file.path)} was changed by another program.`}
      actions={
        <>
          <Button size="small" onClick={() => void readFileAgain(workspace, tabId)}>
            Read it again
          </Button>
          <Button size="small" onClick={() => void saveOver(workspace, tabId, news.version)}>
            Replace it by this text
          </Button>
        </>
      }
    >
      {file.isChanged
        ? 'Reading it again takes its text in place of your changes; undo brings them back.'
        : null}
    </Notice>
  );
}
