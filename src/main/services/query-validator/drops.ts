import type { Node } from 'libpg-query';
import { dottedName } from './relation-name';
import { handled, type Rules } from './syntax-walk';

/** The parts of an object's name: DROP keeps them as a list of strings. */
function nameParts(object: Node): string[] {
  if ('String' in object) return [object.String.sval ?? ''];
  if ('List' in object) return (object.List.items ?? []).flatMap(nameParts);
  if ('TypeName' in object) return (object.TypeName.names ?? []).flatMap(nameParts);
  if ('ObjectWithArgs' in object) return (object.ObjectWithArgs.objname ?? []).flatMap(nameParts);
  return [];
}

/** DROP of whatever there is to drop. */
export const dropRules: Rules = {
  DropStmt(body, walk) {
    const type = (body.removeType ?? '').replace('OBJECT_', '').replaceAll('_', ' ').toLowerCase();
    const names = (body.objects ?? []).map((object) => dottedName(nameParts(object))).join(', ');
    const further = body.behavior === 'DROP_CASCADE' ? ' and all that depends on it (CASCADE)' : '';
    walk.findings.flag('changesStructure');
    walk.findings.confirm('drops', `Drops ${type} ${names}${further}.`, names);
    return handled;
  },
};
