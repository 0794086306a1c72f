import type { DatabaseErrorData } from '@shared/models/database-error';
import { CircleAlert, Copy, Crosshair, RotateCw } from 'lucide-react';
import { Button } from '../../../components/button';
import { printable } from '../../../components/printable';
import { copyText } from '../../../components/clipboard';
import { formatCount } from '../../../components/format-count';
import { visibleLines } from '../../../components/visible-lines';
import { describeError, errorFields, errorTitle, isCalm } from './error-text';
import { sqlStateClass } from './sqlstate-class';
import styles from './outcome-view.module.css';

interface ErrorViewProps {
  readonly error: DatabaseErrorData;
  /** How many other statements of the script were not sent. */
  readonly notRun: number;
  /** Whether nothing of its run was sent. */
  readonly unsent: boolean;
  /** Where its statement begins in the submitted text; null when the whole run failed. */
  readonly statementStart: number | null;
  /** Runs it again; left out where that would send something a second time. */
  readonly onRetry: (() => void) | undefined;
  readonly onGoToPosition: (position: number) => void;
  readonly onCopied: (message: string) => void;
}

/** An error with all that the server said of it and what can be done next. */
export function ErrorView(props: ErrorViewProps) {
  const { error, notRun, unsent, statementStart, onRetry, onGoToPosition, onCopied } = props;
  const { sqlState } = error;
  const position = error.position ?? statementStart;
  const stateClass = sqlState === undefined ? null : sqlStateClass(sqlState);
  return (
    <div
      className={styles['error']}
      role="alert"
      data-calm={isCalm(error) ? '' : undefined}
      data-focus-target="results"
      tabIndex={-1}
    >
      <div className={styles['errorHead']}>
        <span className={styles['kind']}>
          <CircleAlert aria-hidden="true" />
          {errorTitle(error)}
        </span>
        {sqlState !== undefined && (
          <span className={styles['state']}>
            <code>{printable(sqlState)}</code>
            {stateClass !== null && ` ${stateClass}`}
          </span>
        )}
        {error.systemCode !== undefined && <code>{printable(error.systemCode)}</code>}
      </div>
      <p className={styles['errorMessage']}>{visibleLines(error.message)}</p>
      {error.advice !== undefined && (
        <p className={styles['advice']}>{visibleLines(error.advice)}</p>
      )}
      {unsent && <p className={styles['advice']}>Nothing was sent.</p>}
      {notRun > 0 && !unsent && (
        <p className={styles['advice']}>
          {formatCount(notRun, 'other statement')} of this run {notRun === 1 ? 'was' : 'were'} not
          sent.
        </p>
      )}
      <dl className={styles['fields']}>
        {errorFields(error).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{visibleLines(value)}</dd>
          </div>
        ))}
      </dl>
      <div className={styles['actions']}>
        {onRetry !== undefined && (
          <Button size="small" icon={<RotateCw />} onClick={onRetry}>
            Retry
          </Button>
        )}
        {position !== null && (
          <Button size="small" icon={<Crosshair />} onClick={() => onGoToPosition(position)}>
            {error.position === undefined ? 'Go to statement' : 'Go to position'}
          </Button>
        )}
        <Button
          size="small"
          icon={<Copy />}
          onClick={() => {
            const taken = copyText(describeError(error));
            onCopied(taken ? 'Copied the error' : 'The clipboard did not take it.');
          }}
        >
          Copy
        </Button>
      </div>
    </div>
  );
}
