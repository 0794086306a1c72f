import { maxStatementTimeoutMs } from '@shared/models/tab-options';

/** Milliseconds of each unit, by the names that the server knows too (manual, "Numeric with Unit"). */
const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
};

/** A timeout as it is typed, such as "45", "45 s" or "1.5 min", in milliseconds; null for anything else. */
export function typedTimeout(text: string): number | null {
  const match = /^(\d+(?:[.,]\d+)?)\s*(ms|s|min|h)?$/iu.exec(text.trim());
  if (match === null) return null;
  const [, number = '', unit = 's'] = match;
  const milliseconds = Math.round(
    Number(number.replace(',', '.')) * (units[unit.toLowerCase()] ?? 0),
  );
  return milliseconds >= 1 && milliseconds <= maxStatementTimeoutMs ? milliseconds : null;
}
