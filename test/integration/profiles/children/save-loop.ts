import { SessionSecrets } from '../../../../src/main/services/profiles/session-secrets';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';
import { EncryptedStore } from '../../../../src/main/storage/encrypted-store';
import { emptyGenerations, generation, generationsSchema } from '../generations';

/**
 * Saves one generation after another until it is killed, and reports each one before and after.
 * Arguments: the file, its key in base64.
 */
const [path = '', key = ''] = process.argv.slice(2);
const secrets = new SessionSecrets();
await secrets.set('key', key);
const store = new EncryptedStore({
  file: new AtomicFile(path),
  secrets,
  keyAccount: 'key',
  schema: generationsSchema,
  version: 1,
  empty: emptyGenerations,
  contents: 'generations',
});
const { value } = await store.open();
for (let number = value.number + 1; ; number += 1) {
  process.stdout.write(`begin ${number}\n`);
  await store.save(generation(number));
  process.stdout.write(`end ${number}\n`);
}
