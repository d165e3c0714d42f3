// Files in a call against a plain data channel on the same connection, in the same run, one after the other: from the accept to "received
// and checked" on the other side's disk. And how long a message of the chat takes meanwhile.

import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startMqttRelay } from '../tools/relays/mqtt-relay.mjs';
import { loadSupport } from './ours.mjs';

const patienceMs = 120_000;

/** A copy of the build whose call page runs the probe first. */
function copyWithProbe(built, to) {
  cpSync(built, to, { recursive: true });
  cpSync(new URL('files-probe.js', import.meta.url), join(to, 'files-probe.js'));
  const file = join(to, 'src/call/index.html');
  writeFileSync(file, readFileSync(file, 'utf8').replace('<head>', '<head><script src="/files-probe.js"></script>'));
}

/** Busy milliseconds of all cores since the machine started. */
const busyMs = () => cpus().reduce((sum, { times }) => sum + times.user + times.sys + times.irq + times.nice, 0);

/** MB/s over what `move` times, and how busy the machine was with it, in cores. */
async function measured(length, move) {
  const busy = busyMs();
  const { startedAt, endedAt } = await move();
  const ms = endedAt - startedAt;
  return { rate: length / 1_000 / ms, cores: (busyMs() - busy) / ms };
}

const rawTransfer = (a, b, length) => async () => {
  // Before the first byte is on its way, or what comes earlier is not counted and the rest waited for in vain.
  await b.evaluate((wanted) => ffcFiles.expectRaw(wanted), length);
  const startedAt = await a.evaluate((wanted) => ffcFiles.sendRaw(wanted), length);
  return { startedAt, endedAt: await b.evaluate(() => ffcFiles.rawReceived()) };
};

/** One file, chosen, accepted, received, checked; then thrown away by leaving it unsaved. */
const fileTransfer = (support, a, b, path, name) => async () => {
  const [chooser] = await Promise.all([a.waitForFileChooser(), support.clickButton(a, 'Send files')]);
  await chooser.accept([path]);
  await support.find(b, 'button', `Accept ${name}`);
  const done = b.evaluate((file) => ffcFiles.fileSays(file, 'Received and checked'), name);
  await support.clickButton(b, `Accept ${name}`);
  const startedAt = Date.now();
  return { startedAt, endedAt: await done };
};

/** From the click to the other side's screen, for so many messages. */
async function messageTimes(support, a, b, label, count) {
  const times = [];
  for (let number = 0; number < count; number += 1) {
    const text = `${label}${number}`;
    await support.fill(a, 'Message', text);
    const before = await a.evaluate(() => {
      document.querySelector('.chat-composer button[type=submit]').click();
      return Date.now();
    });
    await b.waitForFunction((wanted) => ffcFiles.seenAt(wanted) !== undefined, { timeout: patienceMs }, text);
    times.push((await b.evaluate((wanted) => ffcFiles.seenAt(wanted), text)) - before);
  }
  return times;
}

/** @returns rows of rates, and message times; both pages are in one call with camera and microphone off. */
export async function measureFiles({ root, rounds, megabytes, log }) {
  const temporary = mkdtempSync(join(tmpdir(), 'ffc-bench-files-'));
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
    const { a, b } = await support.connect(alice, bob);
    for (const page of [a, b]) {
      await support.clickButton(page, 'Turn camera off');
      await support.clickButton(page, 'Mute microphone');
      await support.clickButton(page, 'Chat');
      await support.find(page, 'textbox', 'Message');
    }
    await Promise.all([a, b].map((page) => page.evaluate(() => ffcFiles.openRaw())));
    const length = megabytes * 1_000_000;
    const runs = [];
    for (let round = 0; round <= rounds; round += 1) {
      const name = `file-${round}.bin`;
      const path = join(temporary, name);
      writeFileSync(path, randomBytes(length));
      const raw = () => measured(length, rawTransfer(a, b, length));
      const file = () => measured(length, fileTransfer(support, a, b, path, name));
      // The first round warms up; then each goes first in turn.
      const run = round % 2 === 0 ? { raw: await raw(), file: await file() } : { file: await file(), raw: await raw() };
      log(`round ${round}: raw ${run.raw.rate.toFixed(1)} MB/s, file ${run.file.rate.toFixed(1)} MB/s`);
      if (round > 0) runs.push(run);
      rmSync(path);
    }
    const calm = await messageTimes(support, a, b, 'calm', 15);
    const path = join(temporary, 'long.bin');
    writeFileSync(path, randomBytes(4 * length));
    const long = fileTransfer(support, a, b, path, 'long.bin')();
    await b.waitForFunction(() => / of /.test(document.body.textContent ?? ''), { timeout: patienceMs });
    const busy = await messageTimes(support, a, b, 'busy', 15);
    const isBusy = await Promise.race([
      long.then(() => false),
      new Promise((resolve) => setTimeout(() => resolve(true), 0)),
    ]);
    if (!isBusy) throw new Error('the file was through before the messages were: take a longer one');
    await long;
    return { runs, calm, busy };
  } finally {
    for (const close of open.reverse()) await close();
  }
}
