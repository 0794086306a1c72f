import type { DatabaseErrorData } from '@shared/models/database-error';
import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from './class-names';
import { visibleLines } from './visible-lines';
import styles from './notice.module.css';

const icons = { danger: CircleAlert, warning: TriangleAlert, info: Info } as const;

interface NoticeProps {
  readonly tone: keyof typeof icons;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

/** A message in place: what happened, what to do, and the actions that do it. */
export function Notice({ tone, title, children, actions, className }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div
      className={classNames(styles['notice'], styles[tone], className)}
      role={tone === 'danger' ? 'alert' : 'status'}
    >
      <Icon aria-hidden="true" />
      <div className={styles['text']}>
        <p className={styles['title']}>{title}</p>
        {children !== undefined && children !== null && (
          <div className={styles['detail']}>{children}</div>
        )}
        {actions !== undefined && <div className={styles['actions']}>{actions}</div>}
      </div>
    </div>
  );
}

interface ErrorNoticeProps {
  readonly error: DatabaseErrorData;
  readonly actions?: ReactNode;
  readonly className?: string | undefined;
}

/**
 * An error of main, with the server's detail and hint and the advice that goes with it. What a person
 * has cancelled is told, but as no danger.
 */
export function ErrorNotice({ error, actions, className }: ErrorNoticeProps) {
  const code = error.sqlState ?? error.systemCode;
  const isSaid = code !== undefined && error.message.includes(code);
  const lines = [error.detail, error.hint, error.advice].filter((line) => line !== undefined);
  return (
    <Notice
      tone={error.kind === 'Cancelled' ? 'info' : 'danger'}
      className={className}
      actions={actions}
      title={
        <>
          {visibleLines(error.message)}
          {code !== undefined && !isSaid && <span className={styles['code']}>{code}</span>}
        </>
      }
    >
      {lines.length > 0 ? visibleLines(lines.join('\n')) : null}
    </Notice>
  );
}
