// npm run bench:relay: what one own server carries, with more and more people connected. Writes bench/relay.md. For an idle machine.
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled, root, runMain } from '../../tools/machine/install.mjs';

const counts = process.env['FFC_PEOPLE']?.split(',').map(Number) ?? [100, 1_000, 5_000];

await runMain(async () => {
  ensureInstalled({ brokers: true, webServer: true });
  const { measureRelay } = await import('../relay.mjs');
  const load = loadavg()[0]?.toFixed(2);
  const rows = [];
  for (const people of counts) {
    console.log(`${people} people`);
    rows.push(await measureRelay({ root, people }));
  }
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1024).toFixed(1)} kB`;
  const table = rows.map(
    (row) =>
      `| ${row.people} | ${Math.round(row.perSecond)} | ${Math.round(row.perCoreSecond)} | ${Math.round(row.microsecondsRelay)} + ${Math.round(row.microsecondsWeb)} µs | ${row.p50.toFixed(1)} | ${row.p99.toFixed(1)} | ${kilobytes(row.bytesRelay)} + ${kilobytes(row.bytesWeb)} |`,
  );
  const page = `# What one own server carries

mosquitto behind Caddy, as \`server/\` configures them, without TLS on this machine. Eight people send envelopes of 1074 bytes to all others, QoS 1, ten on their way
at a time each, for ten seconds; whoever measures runs on the same machine. A call of two takes 8 to 16 envelopes until it stands, and none afterwards.

| connected | envelopes/s | per core-second | processor time each: mosquitto + Caddy | p50, ms | p99, ms | memory for each connection: mosquitto + Caddy |
| --- | --- | --- | --- | --- | --- | --- |
${table.join('\n')}

Measured ${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores, load average before ${load}. TLS is not in it: reckon with half.
`;
  writeFileSync(join(root, 'bench', 'relay.md'), page);
  console.log(`\n${page}`);
});
