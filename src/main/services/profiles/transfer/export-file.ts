import { profileDraftSchema, type ConnectionProfile } from '@shared/models/connection-profile';
import { z } from 'zod';
import { DatabaseError } from '../../../db/errors/database-error';
import { completed, type FoundConnection } from './found-connection';

const format = 'postern-connections';
/** Raised when an older Postern could not make sense of a newer file. */
const version = 1;

const headSchema = z.object({ format: z.literal(format), version: z.number().int().min(1) });
const bodySchema = z.object({ connections: z.array(z.unknown()).max(10_000) });

/** The text of an export file: the settings of connections without ids, dates and secrets. */
export function exportFile(profiles: readonly ConnectionProfile[]): string {
  const connections = profiles.map((profile) => profileDraftSchema.parse(profile));
  return `${JSON.stringify({ format, version, connections }, null, 2)}\n`;
}

/**
 * The connections of an export file. Raises InvalidInput for a file of another program, and for one
 * that a newer Postern wrote.
 */
export function readExportFile(text: string): FoundConnection[] {
  const document = parseJson(text);
  const head = headSchema.safeParse(document);
  if (!head.success) {
    throw refused(
      'The file is not an export of Postern.',
      'Choose a file that "Export connections" has written.',
    );
  }
  if (head.data.version > version) {
    throw refused(
      'The file was written by a newer version of Postern.',
      'Update Postern, then import the file again.',
    );
  }
  const body = bodySchema.safeParse(document);
  if (!body.success) {
    throw refused('The file holds no list of connections.', 'Export the connections again.');
  }
  return body.data.connections.map((entry, index) => {
    const named = z.object({ name: z.string() }).safeParse(entry);
    const label = named.success ? named.data.name : `Connection ${index + 1}`;
    const draft = profileDraftSchema.safeParse(entry);
    if (draft.success) return completed({ label, given: draft.data, defaults: {} });
    const [issue] = draft.error.issues;
    const field = issue?.path.join('.') ?? '';
    return {
      label,
      problem: [field && `${field}:`, issue?.message ?? 'It cannot be read.']
        .filter(Boolean)
        .join(' '),
    };
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function refused(message: string, advice: string): DatabaseError {
  return new DatabaseError({ kind: 'InvalidInput', message, advice });
}
