import type { EnvironmentLabel } from '@shared/models/connection-profile';
import type { ConfirmationRequest, StatementInQuestion } from './confirmation';
import { impactDetails, impactSentence, isToldBy, referenceSentence } from '../impact/impact-text';
import { formatCount, listOf } from '../impact/quantities';
import { dialogText } from '../../dialog-text';

/** A dialog must fit on a small screen. */
const maximumLines = 8;
const maximumStatementLength = 300;
const maximumStatementLines = 6;

/** The words of the dialog. */
export interface ConfirmationText {
  readonly message: string;
  readonly detail: string;
  /** What the checkbox says; null where there is none. */
  readonly waiver: string | null;
}

/** Says what would happen, to how much of what, and where. */
export function describeConfirmation(request: ConfirmationRequest): ConfirmationText {
  const { connection, statements, total, waivable } = request;
  const [only] = statements;
  const {
    message,
    lines,
    further = 0,
  } = statements.length === 1 && only !== undefined
    ? describeOne(only, request)
    : describeMany(request);
  const where = `${environmentNames[connection.environment]} "${dialogText(connection.name)}" (${dialogText(connection.user)}@${dialogText(connection.host)}, database ${dialogText(connection.database)})`;
  const detail = [
    ...shorten(lines, further),
    ...(statements.length === 1 && only !== undefined ? ['', cut(only.text)] : []),
    '',
    `On ${where}.`,
    total > statements.length
      ? `${formatCount(statements.length)} of the ${formatCount(total)} statements ${statements.length === 1 ? 'needs' : 'need'} this confirmation. Nothing has been sent yet.`
      : 'Nothing has been sent yet.',
  ];
  return {
    message,
    detail: detail.join('\n').trim(),
    waiver:
      waivable.length === 0
        ? null
        : `Do not ask again in this tab for ${listOf(waivable.map((kind) => kind.toUpperCase()))}`,
  };
}

interface Description {
  readonly message: string;
  readonly lines: readonly string[];
  /** How many more there would be at least. */
  readonly further?: number;
}

function describeOne(statement: StatementInQuestion, request: ConfirmationRequest): Description {
  const { impacts, risks, unknown } = statement;
  const place = placeOf(request);
  const [headline, ...further] = headlinesOf(statement);
  // A reason is a sentence of its own; what was seen of the tables goes on with the place.
  const opening =
    headline === undefined
      ? `Run ${statement.kind.toUpperCase()} in ${place}?`
      : headline.isReason
        ? `${headline.text}. This is ${place}.`
        : `${headline.text} in ${place}.`;
  const references = impacts.flatMap((impact) => referenceSentence(impact) ?? []);
  return {
    message: dialogText([opening, ...references].join(' ')),
    lines: [
      ...further.map(({ text }) => `${text}.`),
      ...new Set(impacts.flatMap(impactDetails)),
      ...risks.filter(({ level }) => level === 'notice').map(({ reason }) => reason),
      ...(unknown === null ? [] : [`${unknownTitle(statement)}: ${unknown}.`]),
    ].map(dialogText),
  };
}

function describeMany(request: ConfirmationRequest): Description {
  const { statements } = request;
  // Each has a line at least: those behind would not be shown, and there may be thousands.
  const told = statements.slice(0, maximumLines);
  const lines = told.flatMap((statement) => {
    const [headline, ...further] = headlinesOf(statement);
    const [grave] = statement.impacts.flatMap(impactDetails);
    const first = headline?.text ?? statement.kind.toUpperCase();
    return [
      `• ${first}.${grave === undefined ? '' : ` ${grave}`}`,
      ...further.map(({ text }) => `• ${text}.`),
    ];
  });
  const unknown = new Set(statements.flatMap(({ unknown }) => (unknown === null ? [] : [unknown])));
  return {
    message: dialogText(
      `Run these ${formatCount(statements.length)} statements in ${placeOf(request)}?`,
    ),
    lines: [...lines, ...[...unknown].map((reason) => `Not all is known: ${reason}.`)].map(
      dialogText,
    ),
    further: statements.length - told.length,
  };
}

const unknownTitle = ({ impacts }: StatementInQuestion): string =>
  impacts.length > 0 ? 'Not all is known' : 'How much it touches is not known';

interface Headline {
  readonly text: string;
  /** Whether the statement's text alone says it. */
  readonly isReason: boolean;
}

/** What happens, without full stops: what was seen of the effect, then reasons it does not cover. */
function headlinesOf({ kind, impacts, risks }: StatementInQuestion): readonly Headline[] {
  const found = impacts.filter(({ targets, object }) => targets.length > 0 || object !== null);
  const sentences = found.map((impact) => impactSentence(impact, kind));
  const seen = [...new Set(sentences)].map((text) => ({ text, isReason: false }));
  const reasons = risks
    .filter(({ level, code }) => level === 'confirm' && !isToldBy(found, code))
    .map(({ reason }) => ({ text: reason.replace(/\.$/u, ''), isReason: true }));
  // Of what is altered or rewritten the catalog knows only how large it is: the reason says more.
  return impacts.some(({ action }) => action === 'alter')
    ? [...reasons, ...seen]
    : [...seen, ...reasons];
}

function placeOf({ connection }: ConfirmationRequest): string {
  return `${connection.environment} "${dialogText(connection.name)}"`;
}

const environmentNames: Readonly<Record<EnvironmentLabel, string>> = {
  local: 'local',
  development: 'development',
  staging: 'staging',
  production: 'PRODUCTION',
};

function shorten(lines: readonly string[], further: number): readonly string[] {
  const count = lines.length + further;
  if (count <= maximumLines) return lines;
  const shown = lines.slice(0, maximumLines - 1);
  return [...shown, `… and ${formatCount(count - shown.length)} more.`];
}

/** The statement as it stands, without what would turn the direction of writing or fill the screen. */
function cut(statement: string): string {
  const lines = statement.split('\n', maximumStatementLines).join('\n');
  const shown = lines.slice(0, maximumStatementLength);
  const visible = shown.replaceAll(/[\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n\t]/gu, '\uFFFD');
  return shown.length < statement.length ? `${visible} …` : visible;
}
