import { eventTriggerSchema, type EventTrigger } from '@shared/models/event-trigger';
import type { Queryable } from '../../db/statements/queryable';
import { joinComment } from './comment';
import { firing } from './firing';
import { readObjects } from './read-rows';

const eventTriggersQuery = `
  SELECT pg_catalog.json_build_object(
           'name', e.evtname,
           'event', e.evtevent,
           'owner', pg_catalog.pg_get_userbyid(e.evtowner),
           'function', pg_catalog.json_build_object('schema', n.nspname, 'name', p.proname),
           'firing', ${firing('e.evtenabled')},
           'tags', COALESCE(e.evttags, '{}'),
           'comment', comment.description
         )::pg_catalog.text AS object
    FROM pg_catalog.pg_event_trigger e
    JOIN pg_catalog.pg_proc p ON p.oid = e.evtfoid
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    ${joinComment('comment', 'pg_event_trigger', 'e.oid')}
   ORDER BY e.evtname`;

/** The event triggers of the connected database in order of name, in which they fire. */
export function listEventTriggers(db: Queryable): Promise<EventTrigger[]> {
  return readObjects(db, eventTriggerSchema, eventTriggersQuery);
}
