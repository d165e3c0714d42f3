// npm run weigh: builds for both browsers, prints how much script each page loads and writes it to bench/pages.md; fails above a limit.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';
import { buildExtension, targets } from '../tools/package/build-extension.mjs';
import { builtGuestPage, guestWeightLine, tooHeavyForGuests, weighGuestPage } from '../tools/package/guest-page.mjs';
import { overweight, weighPages, weightTable } from '../tools/package/page-weight.mjs';

await runMain(async () => {
  ensureInstalled();
  /** @type {Record<string, import('../tools/package/page-weight.mjs').Weight[]>} */
  const builds = {};
  for (const target of targets) builds[target] = weighPages(await buildExtension(target, 'warn'));
  const guest = weighGuestPage(await builtGuestPage('warn'));
  const page = `# What each page loads

Script after gzip, in kB of 1000 bytes, counted from the built files by \`npm run weigh\`. Up to the first screen stands what a page imports at
once; \`npm test\` holds it below the limit (\`tools/package/page-weight.mjs\`). After it comes what the call page loads right behind its first
screen, beside making the call ready: first what carries a call, then what is seen of one. When asked for: the chat.

${weightTable(builds)}

${guestWeightLine(guest)}
`;
  writeFileSync(join(root, 'bench', 'pages.md'), page);
  console.log(`\n${page}`);
  const faults = [
    ...Object.entries(builds).flatMap(([target, weights]) => overweight(weights).map((fault) => `${target}: ${fault}`)),
    ...tooHeavyForGuests(guest),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
});
