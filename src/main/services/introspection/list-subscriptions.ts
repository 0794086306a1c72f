import { subscriptionSchema, type Subscription } from '@shared/models/replication';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { readObjects } from './read-rows';

/** subconninfo, which holds a password, is closed to all but superusers, and not read from them either. */
const subscriptionsQuery = `
  SELECT pg_catalog.json_build_object(
           'name', s.subname,
           'owner', pg_catalog.pg_get_userbyid(s.subowner),
           'isEnabled', s.subenabled,
           'publications', s.subpublications,
           'slotName', s.subslotname,
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_subscription s
    JOIN pg_catalog.pg_database d ON d.oid = s.subdbid
    ${joinComment('comment', 'pg_subscription', 's.oid')}
   WHERE d.datname = pg_catalog.current_database()
   ORDER BY s.subname`;

/** The subscriptions of the connected database, in order of name. */
export function listSubscriptions(db: Queryable): Promise<Subscription[]> {
  return readObjects(db, subscriptionSchema, subscriptionsQuery);
}
