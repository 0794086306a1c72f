import { Hourglass } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../../components/button';
import { printable } from '../../../components/printable';
import { formatCount } from '../../../components/format-count';
import { type OpenReview, useReview } from './review-store';
import styles from './review-banner.module.css';
import { affectedText, lockMode, lockText } from './review-text';
import { endByButton } from './end-by-button';
import { useTabRun } from './run-store';

interface ReviewBannerProps {
  readonly connectionId: string;
  readonly tabId: string;
}

/** What an open transaction has done and locks, with the ways to end it. Nothing without a review. */
export function ReviewBanner({ connectionId, tabId }: ReviewBannerProps) {
  const review = useReview(tabId);
  const { transaction, running } = useTabRun(tabId);
  const [showsLocks, setShowsLocks] = useState(false);
  if (review === null) return null;
  const isFailed = transaction === 'failed';
  const locks = review.review.locks ?? [];
  const end = (command: 'COMMIT' | 'ROLLBACK') => () =>
    void endByButton(connectionId, tabId, command);
  return (
    <section
      className={styles['banner']}
      aria-label="Transaction under review"
      data-urgent={isFailed || review.isOverdue ? '' : undefined}
    >
      <div className={styles['row']}>
        <Hourglass aria-hidden="true" />
        <Words review={review} isFailed={isFailed} />
        {/* Commit and Roll back are no neighbours, neither for the hand nor for the Tab key. */}
        {!isFailed && (
          <Button size="small" disabled={running !== null} onClick={end('COMMIT')}>
            Commit
          </Button>
        )}
        {locks.length > 0 && !isFailed && (
          <Button
            variant="ghost"
            size="small"
            aria-expanded={showsLocks}
            onClick={() => setShowsLocks(!showsLocks)}
          >
            {formatCount(locks.length, 'lock')}
          </Button>
        )}
        <Button
          variant="primary"
          size="small"
          className={styles['rollBack']}
          disabled={running !== null}
          onClick={end('ROLLBACK')}
        >
          Roll back
        </Button>
      </div>
      {showsLocks && !isFailed && (
        <ul className={styles['locks']}>
          {locks.map((lock) => (
            <li key={`${lock.relation} ${lock.mode}`}>
              <span className={styles['relation']}>{printable(lock.relation)}</span>{' '}
              {lockMode(lock)}: {lockText(lock)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Words({ review, isFailed }: { readonly review: OpenReview; readonly isFailed: boolean }) {
  const affected = affectedText(review.review);
  if (isFailed) {
    return (
      <output className={styles['words']}>
        <strong>A statement failed.</strong> Nothing of this transaction can be committed.
      </output>
    );
  }
  return (
    <output className={styles['words']}>
      <strong>{review.isOverdue ? 'Open for 2 minutes.' : 'Not committed yet.'}</strong> {affected}
      {review.hasGrown && ', and what ran since'}.{review.isOverdue && ' Others may wait for it.'}
      {review.review.locks === null && ' Its locks are not known.'}
    </output>
  );
}
