import { hasOption } from './options';
import { dottedName } from './relation-name';
import { handled, type Rules } from './syntax-walk';

/** What acts on the whole server or on a whole database. */
export const serverRules: Rules = {
  AlterSystemStmt(body, walk) {
    const name = body.setstmt?.name ?? 'all settings';
    walk.findings.flag('touchesServer', 'cannotRunInTransaction');
    walk.findings.confirm(
      'changes-server',
      `Changes ${name} for the whole server, from its next reload or restart on.`,
      name,
    );
    return handled;
  },

  AlterDatabaseSetStmt(body, walk) {
    walk.findings.flag('touchesServer');
    const name = dottedName([body.dbname]);
    walk.findings.confirm(
      'changes-server',
      `Changes a setting for each later session in database ${name}.`,
      name,
    );
    return handled;
  },

  AlterDatabaseStmt(body, walk) {
    walk.findings.flag('touchesServer');
    if (hasOption(body.options, 'tablespace')) walk.findings.flag('cannotRunInTransaction');
    const name = dottedName([body.dbname]);
    walk.findings.confirm(
      'changes-server',
      `Changes who can connect to or copy database ${name}, or where it is kept.`,
      name,
    );
    return handled;
  },

  LoadStmt(body, walk) {
    walk.findings.flag('touchesServer', 'changesSession');
    walk.findings.confirm(
      'installs-code',
      `Loads the library "${body.filename ?? ''}" into the server process.`,
    );
    return handled;
  },

  CheckPointStmt(_body, walk) {
    walk.findings.flag('touchesServer');
    walk.findings.notice('changes-server', 'Makes the server write all changed pages to disk now.');
    return handled;
  },
};
