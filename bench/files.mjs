// Files in a call against a plain data channel on the same connection, in the same run, one after the other: from the accept to "received
// and checked" on the other side's disk. And how long a message of the chat takes meanwhile.
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { busyMs } from './processor-time.mjs';
import { openPair } from './support.mjs';

/** @import { Page } from 'puppeteer-core' */
/** @import { Support } from './support.mjs' */
/** @typedef {{ readonly startedAt: number, readonly endedAt: number }} Transfer in ms since the epoch. */
/** @typedef {{ readonly rate: number, readonly cores: number }} Figures */

const patienceMs = 120_000;

/**
 * MB/s over what `move` times, and how busy the machine was with it, in cores.
 * @param {number} length
 * @param {() => Promise<Transfer>} move
 * @returns {Promise<Figures>}
 */
async function measured(length, move) {
  const busy = busyMs();
  const { startedAt, endedAt } = await move();
  const ms = endedAt - startedAt;
  return { rate: length / 1_000 / ms, cores: (busyMs() - busy) / ms };
}

/**
 * @param {Page} a
 * @param {Page} b
 * @param {number} length
 * @returns {() => Promise<Transfer>}
 */
const rawTransfer = (a, b, length) => async () => {
  // Before the first byte is on its way, or what comes earlier is not counted and the rest waited for in vain.
  await b.evaluate((wanted) => ffcFiles.expectRaw(wanted), length);
  const startedAt = await a.evaluate((wanted) => ffcFiles.sendRaw(wanted), length);
  return { startedAt, endedAt: await b.evaluate(() => ffcFiles.rawReceived()) };
};

/**
 * One file, chosen, accepted, received, checked; then thrown away by leaving it unsaved.
 * @param {Support} support
 * @param {Page} a
 * @param {Page} b
 * @param {string} path
 * @param {string} name
 * @returns {() => Promise<Transfer>}
 */
const fileTransfer = (support, a, b, path, name) => async () => {
  const [chooser] = await Promise.all([a.waitForFileChooser(), support.clickButton(a, 'Send files')]);
  await chooser.accept([path]);
  await support.find(b, 'button', `Accept ${name}`);
  const done = b.evaluate((file) => ffcFiles.fileSays(file, 'Received and checked'), name);
  await support.clickButton(b, `Accept ${name}`);
  const startedAt = Date.now();
  return { startedAt, endedAt: await done };
};

/**
 * From the click to the other side's screen, for so many messages.
 * @param {Support} support
 * @param {Page} a
 * @param {Page} b
 * @param {string} label
 * @param {number} count
 */
async function messageTimes(support, a, b, label, count) {
  /** @type {number[]} */
  const times = [];
  for (let number = 0; number < count; number += 1) {
    const text = `${label}${number}`;
    await support.fill(a, 'Message', text);
    const before = await a.evaluate(() => {
      /** @type {HTMLButtonElement | null} */ (document.querySelector('.chat-composer button[type=submit]'))?.click();
      return Date.now();
    });
    await b.waitForFunction((wanted) => ffcFiles.seenAt(wanted) !== undefined, { timeout: patienceMs }, text);
    times.push(((await b.evaluate((wanted) => ffcFiles.seenAt(wanted), text)) ?? Number.NaN) - before);
  }
  return times;
}

/**
 * Both pages are in one call with camera and microphone off.
 * @param {{ readonly root: string, readonly rounds: number, readonly megabytes: number, readonly log: (line: string) => void }} asked
 * @returns rows of rates, and message times.
 */
export async function measureFiles({ root, rounds, megabytes, log }) {
  const { support, alice, bob, folder, close } = await openPair(root, 'files-probe.js');
  try {
    const { a, b } = await support.connect(alice, bob);
    for (const page of [a, b]) {
      await support.clickButton(page, 'Turn camera off');
      await support.clickButton(page, 'Mute microphone');
      await support.clickButton(page, 'Chat');
      await support.find(page, 'textbox', 'Message');
    }
    await Promise.all([a, b].map((page) => page.evaluate(() => ffcFiles.openRaw())));
    const length = megabytes * 1_000_000;
    /** @type {{ readonly raw: Figures, readonly file: Figures }[]} */
    const runs = [];
    for (let round = 0; round <= rounds; round += 1) {
      const name = `file-${round}.bin`;
      const path = join(folder, name);
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
    const path = join(folder, 'long.bin');
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
    await close();
  }
}
