// npm run notices: writes what follows from elsewhere, THIRD-PARTY.md from package-lock.json and the table of PRIVACY.md from the README.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';
import { withTableOf } from '../tools/package/privacy-policy.mjs';
import { thirdParties, thirdPartyTable } from '../tools/package/third-party.mjs';

/** @param {string} name */
const read = (name) => readFileSync(join(root, name), 'utf8');

await runMain(async () => {
  ensureInstalled();
  const parts = thirdParties();
  writeFileSync(join(root, 'THIRD-PARTY.md'), thirdPartyTable(parts));
  writeFileSync(join(root, 'PRIVACY.md'), withTableOf(read('README.md'), read('PRIVACY.md')));
  console.log(`THIRD-PARTY.md names ${parts.length} packages; PRIVACY.md has the table of the README.`);
});
