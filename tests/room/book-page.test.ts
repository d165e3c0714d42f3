// A book that was saved as one page, opened without the product: its own script says of each chapter that all is right, or what is not. The policy
// of the page lets nothing else run and nothing out.
import { JSDOM } from 'jsdom';
import { beforeAll, describe, expect, test } from 'vitest';
import messages from '../../public/_locales/en/messages.json';
import { toBase64url } from '../../src/core/base/bytes.ts';
import type { EntryBody } from '../../src/core/room/entry-body.ts';
import { bookPage } from '../../src/room/books/book-page.ts';
import { textsOf } from '../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../src/ui/texts/text.ts';
import { fileHash } from '../support/samples/second-implementation.ts';
import { type SignedRoom, signedRooms } from '../support/worlds/signed-room.ts';

const sound = new Uint8Array(1_048_576 + 300).map((_, i) => (i * 5) & 255);
const long = 'Ein langer Text – mit <b>Zeichen</b> & “Umlauten” äöü.\n'.repeat(400);
const blobs = new Map<string, Uint8Array<ArrayBuffer>>();
const blob = (name: string, type: string, bytes: Uint8Array<ArrayBuffer>) => {
  const hash = fileHash(bytes);
  blobs.set(hash, bytes);
  return { name, type, size: bytes.length, hash };
};
const gone = { name: 'Swarm.webm', type: 'video/webm', size: 9, hash: toBase64url(new Uint8Array(32).fill(4)) };

let html: string;
let alice: SignedRoom;
let bob: SignedRoom;

/** Opens the page as a browser does, with its script, and no more than its script. @returns what stands under each chapter. */
async function opened(page: string): Promise<readonly (readonly [string, boolean])[]> {
  const { document } = new JSDOM(page).window;
  const script = document.querySelector('script:not([type])')?.textContent ?? '';
  const run = new Function('document', 'crypto', script.replace('prove().catch', 'return prove().catch'));
  await run(document, crypto);
  return [...document.querySelectorAll('.proof')].map((one) => [
    one.textContent ?? '',
    one.classList.contains('wrong'),
  ]);
}

beforeAll(async () => {
  takeTextsFrom(textsOf(messages, ['en']));
  const [one, two] = await signedRooms(2);
  if (!one || !two) throw new Error('two are wanted');
  [alice, bob] = [one, two];
  const idOf = () => [...alice.graph.all()].at(-1)?.id ?? '';
  const write = async (who: SignedRoom, body: EntryBody) => {
    const signed = await who.write(body);
    await (who === alice ? bob : alice).take([signed]);
    return idOf();
  };
  const book = await write(bob, { k: 'book', title: 'Bees & <hives>' });
  const chapter = await write(bob, {
    ...{ k: 'chapter', book, title: 'Sound of a hive', order: 'A', source: 'https://bees.example/?a=1&b=2' },
    parts: [{ text: 'Listen:\n"quote" <script>alert(1)</script>' }, { blob: blob('hum.ogg', 'audio/ogg', sound) }],
  });
  await write(alice, { k: 'review', of: chapter, verdict: 'confirmed', sure: 9, text: 'I hear <it> too.' });
  const text = blob('text.txt', 'text/plain', new TextEncoder().encode(long));
  await write(alice, { k: 'chapter', book, title: 'Long', order: 'B', parts: [{ blob: text }, { blob: gone }] });
  const [shown] = alice.view.show('books');
  if (!shown) throw new Error('no book');
  const page = await bookPage({
    graph: alice.graph,
    room: alice.room,
    book: shown,
    nameOf: (key) => (key === alice.author ? 'Alice' : 'Bob <b>'),
    open: async ({ hash, type }) => {
      const bytes = blobs.get(hash);
      return bytes && new Blob([bytes], { type });
    },
  });
  html = await page.text();
});

describe('room books: one page', () => {
  test('says of each chapter that it is what its author signed, how much was checked, and what is not in it', async () => {
    const found = await opened(html);
    expect(found.map(([, isWrong]) => isWrong)).toEqual([false, false]);
    expect(found[0]?.[0]).toMatch(/Signature right, every byte checked: [\d,]+ bytes\.$/);
    expect(found[1]?.[0]).toContain('Not in this page: Swarm.webm');
  });

  test.each<[string, string, RegExp]>([
    ['a letter of a text', 'Listen:', /text is not what/],
    ['a letter of a long text', 'Ein langer Text', /text\.txt is not what/],
    ['a title', 'Sound of a hive</h2>', /title is not what/],
    ['a source', 'bees.example/?a=1&#38;b=2</span>', /source is not what/],
    ['a review', 'I hear &#60;it&#62;', /review is not what/],
    ['a verdict', 'data-verdict="confirmed"', /review is not what/],
    ['who wrote it', 'data-author="', /Not what a member/],
    ['the room', '"room":"', /Not what a member/],
  ])('says where %s was changed', async (_what, from, words) => {
    expect(html).toContain(from);
    const at = html.indexOf(from) + (/["=]$/.test(from) ? from.length : 1);
    const verdict = from.startsWith('data-verdict');
    const changed = verdict
      ? html.replace(from, 'data-verdict="wrong"')
      : html.slice(0, at) + (html[at] === 'B' ? 'C' : 'B') + html.slice(at + 1);
    const found = await opened(changed);
    expect(found.some(([said, isWrong]) => isWrong && words.test(said))).toBe(true);
  });

  test('names the sound of which a byte was changed, wherever that is', async () => {
    const from = html.indexOf('base64,') + 7;
    const until = html.indexOf('"', from);
    for (const part of [0, 0.37, 0.9]) {
      const at = from + Math.floor((until - from - 8) * part);
      const changed = html.slice(0, at) + (html[at] === 'A' ? 'B' : 'A') + html.slice(at + 1);
      expect((await opened(changed))[0]).toEqual(['hum.ogg is not what the author signed.', true]);
    }
  });

  test('believes no entry with a signature of somebody else, and no author whom nobody let in', async () => {
    const start = html.indexOf('id="proof">') + 11;
    const proof = JSON.parse(html.slice(start, html.indexOf('</script>', start)));
    const put = (entries: unknown) =>
      html.slice(0, start) +
      JSON.stringify({ ...proof, entries }).replaceAll('<', '\\u003c') +
      html.slice(html.indexOf('</script>', start));
    const without = proof.entries.filter(({ e }: { e: string }) => !e.includes('"k":"admit"'));
    expect((await opened(put(without)))[0]?.[1]).toBe(true);
    const unsigned = proof.entries.map((one: { e: string }) => ({ ...one, s: proof.entries[0].s }));
    expect((await opened(put(unsigned))).map(([, isWrong]) => isWrong)).toEqual([true, true]);
    expect((await opened(put(proof.entries))).map(([, isWrong]) => isWrong)).toEqual([false, false]);
  });

  test('lets nothing run but its script, asks nobody for anything, and takes no markup from what people wrote', async () => {
    const { document } = new JSDOM(html).window;
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content') ?? '';
    expect(policy).toContain("default-src 'none'");
    const script = document.querySelector('script:not([type])')?.textContent ?? '';
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(script));
    expect(policy).toContain(`script-src 'sha256-${Buffer.from(digest).toString('base64')}'`);
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelectorAll('main b, main hives, main it')).toHaveLength(0);
    expect(
      [...document.querySelectorAll('[src], [href]')].every((one) => /^data:/.test(one.getAttribute('src') ?? '')),
    ).toBe(true);
  });
});
