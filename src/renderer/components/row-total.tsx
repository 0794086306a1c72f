import { aboutRows } from './about-rows';
import { Button } from './button';
import { groupDigits } from './group-digits';

interface RowTotalProps {
  /** The planner's; null where there is none. */
  readonly estimate: number | null;
  /** Counted, as the server wrote it; null before that. */
  readonly exact: string | null;
  readonly isCounting: boolean;
  /** Left out where the rows cannot be counted. */
  readonly onCount?: (() => void) | undefined;
  readonly onCancel: () => void;
}

/** How many rows there are in all, behind the number of those that were read. */
export function RowTotal({ estimate, exact, isCounting, onCount, onCancel }: RowTotalProps) {
  if (exact !== null) return <span>of {countedRows(exact)}</span>;
  const about = estimate !== null && (
    <span title={`The planner's estimate: ${countedRows(String(Math.round(estimate)))}`}>
      of {aboutRows(estimate)}
    </span>
  );
  return (
    <>
      {about}
      {isCounting ? (
        <Button variant="link" size="small" onClick={onCancel}>
          Counting… Cancel
        </Button>
      ) : (
        onCount !== undefined && (
          <Button variant="link" size="small" title="Count all rows exactly" onClick={onCount}>
            Count
          </Button>
        )
      )}
    </>
  );
}

/** A count with its noun; the digits are those of the server. */
export function countedRows(digits: string): string {
  return digits === '1' ? '1 row' : `${groupDigits(digits)} rows`;
}
