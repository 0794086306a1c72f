import { readableIdentifier as name } from '@shared/sql/identifiers';
import type { Grant, RelationFacts } from './relation-facts';

/** The owner, and what was granted and revoked: nothing where nobody ever did. */
export function accessStatements(word: string, relation: string, facts: RelationFacts): string[] {
  const own = facts.grants.filter(({ isOwner }) => isOwner);
  const held = own.flatMap(({ privileges }) => privileges).toSorted();
  const isChanged = facts.hasGrants && held.join() !== facts.ownerPrivileges.join();
  const owner = name(facts.owner);
  return [
    `ALTER ${word} ${relation} OWNER TO ${owner};`,
    ...(isChanged ? [`REVOKE ALL ON TABLE ${relation} FROM ${owner};`] : []),
    ...facts.grants
      .filter(({ isOwner }) => isChanged || !isOwner)
      .map((grant) => grantStatement(relation, grant, grant.privileges)),
    ...facts.columns.flatMap((column) =>
      column.grants.map((grant) =>
        grantStatement(
          relation,
          grant,
          grant.privileges.map((privilege) => `${privilege} (${name(column.name)})`),
        ),
      ),
    ),
  ];
}

function grantStatement(relation: string, grant: Grant, privileges: readonly string[]): string {
  const to = grant.grantee === null ? 'PUBLIC' : name(grant.grantee);
  const option = grant.isGrantable ? ' WITH GRANT OPTION' : '';
  return `GRANT ${privileges.join(', ')} ON TABLE ${relation} TO ${to}${option};`;
}
