import type { DatabaseErrorData } from '@shared/models/database-error';
import { Button } from '../../../components/button';
import { ErrorNotice } from '../../../components/notice';
import { saveNow } from './persistence';

interface SaveFailureProps {
  /** The workspace's key. */
  readonly workspace: string;
  readonly error: DatabaseErrorData;
}

/** Says that the tabs are in memory only, until a save succeeds. */
export function SaveFailure({ workspace, error }: SaveFailureProps) {
  return (
    <ErrorNotice
      error={{ ...error, message: `The tabs are not saved: ${error.message}` }}
      actions={
        <Button size="small" onClick={() => void saveNow(workspace)}>
          Save again
        </Button>
      }
    />
  );
}
