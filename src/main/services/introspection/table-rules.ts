import { joinComment } from './comment';
import { firing } from './firing';

/** The rules of relation `c` in order of name, as an array of JSON that fits ruleSchema. */
export const tableRules = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', rule.rulename,
           'event', CASE rule.ev_type
             WHEN '1' THEN 'select' WHEN '2' THEN 'update' WHEN '3' THEN 'insert' WHEN '4' THEN 'delete'
           END,
           'isInstead', rule.is_instead,
           'firing', ${firing('rule.ev_enabled')},
           'definition', pg_catalog.pg_get_ruledef(rule.oid, true),
           'comment', comment.description)
    FROM pg_catalog.pg_rewrite rule
    ${joinComment('comment', 'pg_rewrite', 'rule.oid')}
   WHERE rule.ev_class = c.oid AND rule.rulename <> '_RETURN'
   ORDER BY rule.rulename
)`;
