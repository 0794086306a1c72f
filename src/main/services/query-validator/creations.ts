import { checkForeignOptions } from './foreign-options';
import { hasOption, optionArgument, optionIsOn, plainValue, toBoolean } from './options';
import { addCreated } from './queries';
import { dottedName, nameParts, relationName } from './relation-name';
import { handled, type Rules } from './syntax-walk';

/** CREATE of what does more than be there: it holds locks, runs later, or reaches other servers. */
export const creationRules: Rules = {
  CreateStmt(body, walk) {
    addCreated(walk, body.relation);
    // Parents and the tables of foreign keys are looked at; defaults are evaluated by later inserts.
    const { relation: _created, ...rest } = body;
    walk.visitChildren(rest);
    return handled;
  },

  CreateForeignTableStmt(body, walk) {
    const { relation } = body.base ?? {};
    addCreated(walk, relation);
    checkForeignOptions(walk, relationName(relation), body.options);
    return handled;
  },

  CreateSeqStmt(body, walk) {
    addCreated(walk, body.sequence);
    return handled;
  },

  IndexStmt(body, walk) {
    const { relation } = body;
    const name = relationName(relation);
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'alter');
    }
    if (body.concurrent === true) walk.findings.flag('cannotRunInTransaction');
    else {
      walk.findings.notice(
        'blocks-others',
        `Nobody can write to ${name} while the index is built; CREATE INDEX CONCURRENTLY lets them.`,
        name,
      );
    }
    const { relation: _indexed, ...rest } = body;
    walk.visitChildren(rest);
    return handled;
  },

  CreateTrigStmt(body, walk) {
    const name = relationName(body.relation);
    const routine = dottedName((body.funcname ?? []).flatMap(nameParts));
    walk.findings.notice(
      'installs-code',
      `From then on ${routine}() runs at changes of ${name}, in every session.`,
      name,
    );
    const { relation } = body;
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'alter');
    }
    return handled;
  },

  RuleStmt(body, walk) {
    const { relation } = body;
    const name = relationName(relation);
    if (relation?.relname !== undefined) {
      walk.findings.addRelation(relation.schemaname ?? null, relation.relname, 'alter');
    }
    walk.findings.confirm(
      'installs-code',
      `From then on statements on ${name} are rewritten by this rule, in every session.`,
      name,
    );
    for (const action of body.actions ?? []) walk.visitStored(action);
    return handled;
  },

  CreateEventTrigStmt(body, walk) {
    const routine = dottedName((body.funcname ?? []).flatMap(nameParts));
    walk.findings.confirm(
      'installs-code',
      `From then on ${routine}() runs at ${body.eventname ?? 'events'} in every session: a mistake in it can stop all such statements.`,
    );
    return handled;
  },

  CreateExtensionStmt(body, walk) {
    const name = dottedName([body.extname]);
    walk.findings.notice('installs-code', `Installs the code of extension ${name}.`, name);
    return handled;
  },

  CreatePLangStmt(body, walk) {
    const name = dottedName([body.plname]);
    walk.findings.confirm('installs-code', `Lets code in ${name} run on the server.`, name);
    return handled;
  },

  CreatedbStmt(_body, walk) {
    walk.findings.flag('cannotRunInTransaction', 'touchesServer');
    return handled;
  },

  CreateTableSpaceStmt(_body, walk) {
    walk.findings.flag('cannotRunInTransaction', 'touchesServer');
    return handled;
  },

  CreateSubscriptionStmt(body, walk) {
    const name = dottedName([body.subname]);
    const { options } = body;
    const argument = optionArgument(options, 'create_slot') ?? optionArgument(options, 'connect');
    // Refused in a transaction block when it makes a replication slot, which is the default.
    if (toBoolean(plainValue(argument)) !== false) walk.findings.flag('cannotRunInTransaction');
    walk.findings.flag('touchesServer', 'writes');
    walk.findings.confirm(
      'changes-server',
      `Subscription ${name} copies rows from another server into tables of this database from then on.`,
      name,
    );
    return handled;
  },

  AlterSubscriptionStmt(body, walk) {
    walk.findings.flag('touchesServer');
    if (body.kind === 'ALTER_SUBSCRIPTION_REFRESH') {
      walk.findings.flag('cannotRunInTransaction', 'writes');
    }
    const name = dottedName([body.subname]);
    const kind: string = body.kind ?? '';
    if (kind === 'ALTER_SUBSCRIPTION_ENABLED' && !optionIsOn(body.options, 'enabled')) {
      walk.findings.confirm('changes-server', `Stops replication by subscription ${name}.`, name);
    } else if (kind === 'ALTER_SUBSCRIPTION_SKIP') {
      walk.findings.confirm(
        'changes-server',
        `Subscription ${name} skips a transaction: its changes never arrive here.`,
        name,
      );
    } else if (
      kind === 'ALTER_SUBSCRIPTION_SET_PUBLICATION' ||
      kind === 'ALTER_SUBSCRIPTION_DROP_PUBLICATION'
    ) {
      walk.findings.confirm(
        'changes-server',
        `Changes of what is taken out of subscription ${name} no longer arrive here.`,
        name,
      );
    } else walk.findings.notice('changes-server', `Changes subscription ${name}.`, name);
    return handled;
  },

  AlterPublicationStmt(body, walk) {
    const takesOut =
      body.action === 'AP_DropObjects' ||
      body.action === 'AP_SetObjects' ||
      hasOption(body.options, 'publish');
    if (takesOut) {
      const name = dottedName([body.pubname]);
      walk.findings.confirm(
        'changes-server',
        `Changes of what is taken out of publication ${name} no longer reach its subscribers.`,
        name,
      );
    }
    return handled;
  },
};
