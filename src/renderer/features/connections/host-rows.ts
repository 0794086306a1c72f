import { hostAddressSchema, type HostAddress } from '@shared/models/connection-profile';

/** A further host of the form as it is typed. */
export interface HostRow {
  readonly host: string;
  readonly port: string;
}

/** One line for each host: like every field of the form it is kept as text, so that no error can lose it. */
export function textOfRows(rows: readonly HostRow[]): string {
  return rows.map(({ host, port }) => `${host}\t${port}`).join('\n');
}

export function rowsOf(text: string): HostRow[] {
  if (text === '') return [];
  return text.split('\n').map((line) => {
    const [host = '', port = ''] = line.split('\t');
    return { host, port };
  });
}

/** The hosts that are named, without the rows that were left empty; or what is wrong with the first. */
export function addressesOf(
  text: string,
): { readonly addresses: HostAddress[] } | { readonly error: string } {
  const addresses: HostAddress[] = [];
  for (const [index, { host, port }] of rowsOf(text).entries()) {
    if (host.trim() === '') continue;
    const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0;
    const parsed = hostAddressSchema.safeParse({ host, port: port.trim() === '' ? 5432 : number });
    if (!parsed.success) {
      return { error: `Host ${index + 2}: ${parsed.error.issues[0]?.message ?? 'not valid.'}` };
    }
    addresses.push(parsed.data);
  }
  return { addresses };
}
