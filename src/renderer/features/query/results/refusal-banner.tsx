import { CircleAlert, X } from 'lucide-react';
import { Button } from '../../../components/button';
import { IconButton } from '../../../components/icon-button';
import { visibleLines } from '../../../components/visible-lines';
import { updateRun, useTabRun } from '../run/run-store';
import { canRetry, errorTitle, isCalm } from './error-text';
import type { Refusal } from './outcome';
import styles from './refusal-banner.module.css';

interface RefusalBannerProps {
  readonly tabId: string;
  readonly onRetry: () => void;
  /** Shows a position of the submitted text in the editor. */
  readonly onGoToPosition: (position: number) => void;
}

/** Why nothing of the last run was sent, above the results of the run before. Nothing without such. */
export function RefusalBanner({ tabId, onRetry, onGoToPosition }: RefusalBannerProps) {
  const { refusal, running, target } = useTabRun(tabId);
  if (refusal === null) return null;
  const position = refusal.kind === 'failed' ? refusal.error.position : undefined;
  const isRetryable = refusal.kind === 'failed' && target !== null && canRetry(refusal.error);
  return (
    <section
      className={styles['banner']}
      aria-label="Nothing was sent"
      data-calm={refusal.kind === 'declined' || isCalm(refusal.error) ? '' : undefined}
    >
      <CircleAlert aria-hidden="true" />
      <Words refusal={refusal} />
      {position !== undefined && (
        <Button size="small" onClick={() => onGoToPosition(position)}>
          Go to position
        </Button>
      )}
      {isRetryable && (
        <Button size="small" busy={running !== null} onClick={onRetry}>
          Retry
        </Button>
      )}
      <IconButton
        label="Dismiss"
        size="small"
        icon={<X />}
        onClick={() => updateRun(tabId, { refusal: null })}
      />
    </section>
  );
}

function Words({ refusal }: { readonly refusal: Refusal }) {
  if (refusal.kind === 'declined') {
    return (
      <output className={styles['words']}>
        <strong>Not run.</strong> The confirmation was cancelled, and nothing was sent. Below are
        the results of the run before.
      </output>
    );
  }
  const { error } = refusal;
  return (
    <div className={styles['words']} role="alert">
      <strong>{errorTitle(error)}.</strong> {visibleLines(error.message)}
      <p className={styles['further']}>
        Nothing was sent. Below are the results of the run before. {error.advice}
      </p>
      {error.detail !== undefined && (
        <p className={styles['detail']}>{visibleLines(error.detail)}</p>
      )}
    </div>
  );
}
