import { profileDraftSchema } from '@shared/models/connection-profile';
import {
  emptyProfileDocument,
  profileDocumentSchema,
  ProfileService,
} from '../../../../src/main/services/profiles/profile-service';
import { AtomicFile } from '../../../../src/main/storage/atomic-file';
import { EncryptedStore } from '../../../../src/main/storage/encrypted-store';
import { Keychain } from '../../../../src/main/storage/keychain';

/**
 * One session of the app's profiles: saves one for each further argument, `name password`, then
 * writes what there is as JSON. The first argument is the file.
 */
const [path = '', ...wanted] = process.argv.slice(2);
const secrets = new Keychain();
const profiles = new ProfileService({
  secrets,
  store: new EncryptedStore({
    file: new AtomicFile(path),
    secrets,
    keyAccount: 'profile-store-key',
    schema: profileDocumentSchema,
    version: 1,
    empty: emptyProfileDocument,
    contents: 'saved connections',
  }),
});
for (const profile of wanted) {
  const [name = '', password = ''] = profile.split(' ');
  const draft = profileDraftSchema.parse({ name, host: 'db', database: 'shop', user: 'ann' });
  await profiles.save({ id: null, draft, password });
}
const list = await profiles.list();
const found = await Promise.all(
  list.map(async ({ id, name }) => ({ name, password: await profiles.passwordFor(id) })),
);
const { persistent, notice } = await profiles.status();
process.stdout.write(JSON.stringify({ profiles: found, persistent, notice: notice?.message }));
