// The worst that somebody can write, two hundred times at once, on the page of whoever has the chat open: how long it does not answer.
import { openPair } from './support.mjs';

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

/** @typedef {{ readonly shape: string, readonly ms: number, readonly elements: number }} Row */

/**
 * @param {{ readonly root: string, readonly log: (line: string) => void }} asked
 * @returns for each shape, and for nothing at all, the longest pause in ms and the elements of the list afterwards.
 */
export async function measureWorstChat({ root, log }) {
  const { support, alice, bob, close } = await openPair(root, 'worst-chat-probe.js');
  try {
    /** @type {Row[]} */
    const rows = [];
    for (const [shape, text] of Object.entries({ nothing: '', ...shapes })) {
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
    await close();
  }
}
