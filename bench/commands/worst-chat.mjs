// npm run bench:worst-chat: how long a page with an open chat does not answer when somebody says two hundred of the worst messages at once.
// Writes bench/worst-chat.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { requireChromium } from '../../tools/machine/chromium.mjs';
import { chromiumVersion, ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

await runMain(async () => {
  ensureInstalled({ browsers: true });
  const { measureWorstChat } = await import('../worst-chat.mjs');
  const load = loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
  const rows = await measureWorstChat({ root, log: console.log });
  const page = `# The worst that somebody can write, measured

Two hundred of each message at once, by a page that keeps to no rule, in a call of two Chromiums on one machine; the chat of the other page is
open. The longest time in which that page did nothing else, over five seconds, and the elements in its list afterwards.

| message | ms | elements |
| --- | --- | --- |
${rows.map(({ shape, ms, elements }) => `| ${shape} | ${ms.toFixed(0)} | ${elements} |`).join('\n')}

Measured ${new Date().toISOString().slice(0, 16).replace('T', ' ')}, ${chromiumVersion(requireChromium())} headless, ${cpus().length} cores, load average before (1, 5, 15 min) ${load}.
`;
  writeFileSync(join(root, 'bench', 'worst-chat.md'), page);
  console.log(`\n${page}`);
});
