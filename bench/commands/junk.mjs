// npm run bench:junk: what ten thousand bad envelopes a second on the inbox of a contact link cost, and when a friend's call rings
// meanwhile. Writes bench/junk.md.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

await runMain(async () => {
  ensureInstalled({ browsers: true, desktop: true });
  const { measureJunk } = await import('../junk.mjs');
  const load = loadavg()[0]?.toFixed(2);
  const rows = [];
  for (const kind of /** @type {const} */ (['mqtt', 'broadcast'])) {
    console.log(`Flooding over a relay of the kind ${kind}`);
    rows.push(await measureJunk({ root, kind }));
  }
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`;
  const table = rows.map(
    ({ kind, rate, calm, busy, calmRing, floodRing }) =>
      `| ${kind} | ${Math.round(rate)} | ${percent(calm)} | ${percent(busy)} | ${Math.round(calmRing)} | ${Math.round(floodRing)} |`,
  );
  const page = `# Junk on the inbox of a contact link

Somebody who has Bob's link sends envelopes of the right size and no meaning to its inbox. Bob's whole browser is measured for ten seconds, as a
share of one core; relay and flood run on the same machine. Alice was in a call with Bob before: her call goes to the inbox for friends.

| relay | junk per second | Bob's browser, calm | in the flood | click to notification, calm, ms | in the flood, ms |
| --- | --- | --- | --- | --- | --- |
${table.join('\n')}

- mqtt: after 600 messages too many the extension unsubscribes the link's inbox for a minute; the broker stops bringing them.
- broadcast: such a relay sends everything to everybody, so every frame is received and dropped by its topic or its budget.
- click to notification counts from the click on the contact to the system's notification, the opening of the call page included.

Measured ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, load average before ${load}.
`;
  writeFileSync(join(root, 'bench', 'junk.md'), page);
  console.log(`\n${page}`);
});
