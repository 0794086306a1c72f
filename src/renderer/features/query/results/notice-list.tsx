import type { Notice } from '@shared/models/query-result';
import { printable } from '../../../components/printable';
import { visibleLines } from '../../../components/visible-lines';
import { errorFields } from './error-text';
import styles from './notice-list.module.css';
import type { Outcome } from './outcome';

/** More notices than this are counted, not drawn. */
const maxNotices = 500;

/** What the server said while the statements of a run ran: RAISE NOTICE, warnings, "skipping". */
export function NoticeList({ outcomes }: { readonly outcomes: readonly Outcome[] }) {
  const notices = outcomes.flatMap((outcome, index) =>
    outcome.notices.map((notice) => ({ notice, statement: index + 1 })),
  );
  if (notices.length === 0) return null;
  const listed = notices.slice(0, maxNotices);
  return (
    <ul className={styles['notices']} aria-label="Notices of the server">
      {listed.map(({ notice, statement }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- notices have no identity and do not move
        <li key={index} className={styles['notice']} data-severity={toneOf(notice.severity)}>
          {outcomes.length > 1 && <span className={styles['statement']}>{statement}</span>}
          <span className={styles['severity']}>{printable(notice.severity)}</span>
          <div className={styles['text']}>
            {visibleLines(notice.message)}
            {[notice.detail, notice.hint].map(
              (text) =>
                text !== undefined && (
                  <div key={text} className={styles['more']}>
                    {visibleLines(text)}
                  </div>
                ),
            )}
            <NoticeContext notice={notice} />
          </div>
        </li>
      ))}
      {notices.length > listed.length && (
        <li className={styles['notice']}>
          {(notices.length - listed.length).toLocaleString('en')} more notices
        </li>
      )}
    </ul>
  );
}

/** What the server said beside it: every RAISE has a context, so that it is shown on demand. */
function NoticeContext({ notice }: { readonly notice: Notice }) {
  const { detail: _detail, hint: _hint, ...rest } = notice;
  const fields = errorFields(rest);
  if (fields.length === 0) return null;
  const { sqlState } = notice;
  return (
    <details className={styles['more']}>
      <summary>Context</summary>
      {fields.map(([name, value]) => (
        <div key={name}>
          {name}: {visibleLines(value)}
        </div>
      ))}
      {sqlState !== undefined && <div>SQLSTATE: {printable(sqlState)}</div>}
    </details>
  );
}

/** The severity is in the server's language: what is not known to be a warning stays neutral. */
function toneOf(severity: string): 'warning' | 'notice' {
  return severity === 'WARNING' ? 'warning' : 'notice';
}
