import { joinComment } from './comment';

/** The row security policies of relation `c` in order of name, as an array of JSON that fits policySchema. */
export const tablePolicies = `ARRAY(
  SELECT pg_catalog.json_build_object(
           'name', policy.polname,
           'command', CASE policy.polcmd
             WHEN '*' THEN 'all'
             WHEN 'r' THEN 'select'
             WHEN 'a' THEN 'insert'
             WHEN 'w' THEN 'update'
             WHEN 'd' THEN 'delete'
           END,
           'isPermissive', policy.polpermissive,
           'roles', ARRAY(
             SELECT role.rolname FROM pg_catalog.pg_roles role
              WHERE role.oid = ANY (policy.polroles) ORDER BY role.rolname),
           'using', pg_catalog.pg_get_expr(policy.polqual, policy.polrelid),
           'withCheck', pg_catalog.pg_get_expr(policy.polwithcheck, policy.polrelid),
           'comment', comment.description)
    FROM pg_catalog.pg_policy policy
    ${joinComment('comment', 'pg_policy', 'policy.oid')}
   WHERE policy.polrelid = c.oid
   ORDER BY policy.polname
)`;
