import { optionArgument, optionIsOn, plainValue } from './options';
import { visitPlpgsql } from './plpgsql';
import { handled, type Rules } from './syntax-walk';

/** A DO of this code, between dollar quotes that do not occur in it. */
function doBlock(code: string): string {
  let tag = '$code$';
  while (code.includes(tag)) tag = `$${tag.slice(1, -1)}_$`;
  return `DO ${tag}${code}${tag}`;
}

/** DO runs its code at once; CREATE FUNCTION only keeps it. */
export const codeBlockRules: Rules = {
  DoStmt(body, walk) {
    const language = plainValue(optionArgument(body.args, 'language')) ?? 'plpgsql';
    const code = plainValue(optionArgument(body.args, 'as'));
    if (typeof code !== 'string') return handled;
    if (!walk.executes) return handled;
    if (language !== 'plpgsql') {
      walk.tellNotUnderstood(`It runs code in ${String(language)}, which cannot be examined.`);
      return handled;
    }
    visitPlpgsql(code, doBlock, walk);
    // Like a CALL: code that gives no rows is there for what its functions do.
    if (walk.findings.tells('unknown-function')) walk.findings.flag('reads', 'writes');
    return handled;
  },

  CreateFunctionStmt() {
    return handled;
  },

  CallStmt(body, walk) {
    // The call is looked at like that of any function; its name says nothing of what it does.
    walk.findings.flag('reads', 'writes');
    const { funcexpr: _analysed, outargs: _outputs, ...rest } = body;
    walk.visitChildren(rest);
    return handled;
  },

  ExplainStmt(body, walk) {
    // Without ANALYZE the statement is only planned, and REFRESH not even that with it.
    const isRefresh = body.query !== undefined && 'RefreshMatViewStmt' in body.query;
    if (optionIsOn(body.options, 'analyze') && !isRefresh) walk.visitAll([body.query]);
    else walk.visitStored(body.query);
    return handled;
  },
};
