// The worst that somebody can write, two hundred times at once, on the page of whoever has the chat open: how long it does not answer.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { loadSupport } from './ours.mjs';

/** The page is watched for so long after the burst. */
const watchedMs = 5_000;
const count = 200;

const shapes = {
  'ten thousand letters': 'a '.repeat(4_999),
  '`_*a_*a…`': '_*a'.repeat(3_333),
  'a table of 2 000 columns': `${'|a'.repeat(2_000)}\n${'|-'.repeat(2_000)}`,
  'what just passes: emphasis': '*a* '.repeat(80),
  'what just passes: a list': '- a\n'.repeat(110),
  'what just passes: links': 'http://a.example/b '.repeat(50),
  'what just passes: code': `\`\`\`\n${'x[0] * y_z;\n'.repeat(150)}\`\`\``,
};

/** A copy of the build whose call page runs the probe first. */
function copyWithProbe(built, to) {
  cpSync(built, to, { recursive: true });
  cpSync(new URL('worst-chat-probe.js', import.meta.url), join(to, 'worst-chat-probe.js'));
  const file = join(to, 'src/call/index.html');
  const page = readFileSync(file, 'utf8').replace('<head>', '<head><script src="/worst-chat-probe.js"></script>');
  writeFileSync(file, page);
}

/** @returns for each shape, and for nothing at all, the longest pause in ms and the elements of the list afterwards. */
export async function measureWorstChat({ root, log }) {
  const temporary = mkdtempSync(join(tmpdir(), 'ffc-bench-chat-'));
  const open = [() => rmSync(temporary, { recursive: true, force: true })];
  try {
    copyWithProbe(process.env['FFC_EXTENSION_DIR'] ?? join(root, 'dist', 'chrome'), join(temporary, 'extension'));
    const support = await loadSupport(root);
    const relay = await startMqttRelay({ record: false });
    open.push(() => relay.close());
    const profiles = [];
    for (const name of ['Alice', 'Bob']) {
      const profile = await support.launchProfile({ name, extensionDir: join(temporary, 'extension') });
      open.push(() => profile.close());
      profiles.push(profile);
    }
    const [alice, bob] = profiles;
    await support.becomeContacts(alice, bob, [relay.url]);
    const rows = [];
    for (const [shape, text] of [['nothing', undefined], ...Object.entries(shapes)]) {
      const { a, b } = await support.connect(alice, bob);
      for (const page of [a, b]) await support.clickButton(page, 'Turn camera off');
      await support.clickButton(b, 'Chat');
      await support.find(b, 'textbox', 'Message');
      const pause = b.evaluate((ms) => ffcWorstChat.longestPause(ms), watchedMs);
      if (text) await a.evaluate((said, times) => ffcWorstChat.say(said, times), text, count);
      const row = { shape, ms: await pause, elements: await b.evaluate(() => ffcWorstChat.elements()) };
      log(`${shape}: ${row.ms.toFixed(0)} ms, ${row.elements} elements`);
      rows.push(row);
      await support.clickButton(a, 'Leave call');
      await Promise.all([a, b].map((page) => page.close()));
    }
    return rows;
  } finally {
    for (const close of open.reverse()) await close();
  }
}
