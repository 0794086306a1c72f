import type { NoticeMessage } from 'pg-protocol/dist/messages';
import type { Notice } from '@shared/models/query-result';
import { messageFields } from '../../../db/errors/message-fields';
import type { Session } from '../../../db/session/session';

/** A statement that raises a notice per row must not fill the memory: the first ones are kept. */
const maximumNotices = 1_000;

/** Collects the session's notices until the returned function is called, which gives them. */
export function collectNotices(session: Session): () => readonly Notice[] {
  const notices: Notice[] = [];
  let dropped = 0;
  const collect = (message: NoticeMessage): void => {
    if (notices.length < maximumNotices) notices.push(toNotice(message));
    else dropped += 1;
  };
  session.on('notice', collect);
  return () => {
    session.off('notice', collect);
    if (dropped === 0) return notices;
    const rest: Notice = { severity: 'INFO', message: `${dropped} further notices are not shown.` };
    return [...notices, rest];
  };
}

function toNotice(message: NoticeMessage): Notice {
  const { severity = 'NOTICE', message: text = '', code } = message;
  return {
    severity,
    message: text,
    ...(code !== undefined && { sqlState: code }),
    ...messageFields(message),
  };
}
