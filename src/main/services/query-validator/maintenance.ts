import { optionIsOn } from './options';
import { relationName } from './relation-name';
import { handled, type Rules } from './syntax-walk';

/** Lock modes by number (lockdefs.h); from SHARE on they stop writers. */
const shareLock = 5;
const accessExclusiveLock = 8;

/** VACUUM, CLUSTER, REINDEX and LOCK: no data is lost, but others wait. */
export const maintenanceRules: Rules = {
  VacuumStmt(body, walk) {
    if (body.is_vacuumcmd !== true) {
      walk.findings.flag('reads');
      return handled;
    }
    walk.findings.flag('cannotRunInTransaction');
    if (optionIsOn(body.options, 'full')) {
      const names = (body.rels ?? [])
        .map((rel) => ('VacuumRelation' in rel ? relationName(rel.VacuumRelation.relation) : ''))
        .join(', ');
      const all = names === '' ? 'every table of the database' : names;
      walk.findings.confirm(
        'blocks-others',
        `VACUUM FULL rewrites ${all} while nobody else can read or write it.`,
        ...(names === '' ? [] : [names]),
      );
    }
    return handled;
  },

  ClusterStmt(body, walk) {
    const name =
      body.relation === undefined ? 'every clustered table' : relationName(body.relation);
    if (body.relation === undefined) walk.findings.flag('cannotRunInTransaction');
    walk.findings.confirm(
      'blocks-others',
      `Rewrites ${name} while nobody else can read or write it.`,
      name,
    );
    return handled;
  },

  ReindexStmt(body, walk) {
    const isConcurrent = optionIsOn(body.params, 'concurrently');
    const isMany = body.kind !== 'REINDEX_OBJECT_INDEX' && body.kind !== 'REINDEX_OBJECT_TABLE';
    if (isConcurrent || isMany) walk.findings.flag('cannotRunInTransaction');
    if (!isConcurrent) {
      // Planning a query takes a lock on every index of the table, which waits (manual, REINDEX).
      walk.findings.confirm(
        'blocks-others',
        'REINDEX keeps others from writing, and mostly from reading, while it runs; REINDEX CONCURRENTLY lets them.',
      );
    }
    return handled;
  },

  LockStmt(body, walk) {
    const mode = body.mode ?? accessExclusiveLock;
    const names: string[] = [];
    for (const node of body.relations ?? []) {
      if (!('RangeVar' in node)) continue;
      const { relname, schemaname } = node.RangeVar;
      if (relname !== undefined) walk.findings.addRelation(schemaname ?? null, relname, 'lock');
      names.push(relationName(node.RangeVar));
    }
    const all = names.join(', ');
    if (mode >= accessExclusiveLock) {
      walk.findings.confirm(
        'blocks-others',
        `Nobody else can read or write ${all} until the transaction ends.`,
        all,
      );
    } else if (mode >= shareLock) {
      walk.findings.notice(
        'blocks-others',
        `Nobody else can write to ${all} until the transaction ends.`,
        all,
      );
    }
    return handled;
  },
};
