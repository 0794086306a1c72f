import type { CallRequest } from '@shared/ipc/contract';
import { unpackRun } from '@shared/models/packed-run';
import type { QueryRun } from '@shared/models/query-result';
import { call } from '../../../api/postern';

/** Has main run statements of a tab; resolves with what they came to. Raises CallError. */
export async function sendRun(request: CallRequest<'query:run'>): Promise<QueryRun> {
  return unpackRun(await call('query:run', request));
}
