// What the tests of screens look for by its words is on a screen: each name of a button, field or dialog, and each pattern for a sentence,
// fits a message as it is today. A text that is changed shows at once which tests still wait for the old one.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const messages: Readonly<Record<string, { readonly message: string }>> = JSON.parse(
  readFileSync('public/_locales/en/messages.json', 'utf8'),
);

/** Where a message is filled in: by number, or by the name of what comes there. */
const filledIn = /\$(?:\d|\w+\$)/;

/** What tests fill into messages: people, rooms, cards, columns, kinds of relays and of ways. */
const fillings = /\b(?:Alice|alice|Bob|Carol|Dave|Erin|Frank|Garden|Bench|Doing|Nostr|MQTT|UDP|TCP)\b/;

/** What messages say between the places that are filled in. */
const said = Object.values(messages)
  .flatMap(({ message }) => message.split(filledIn))
  .map((part) => part.toLowerCase());

/** The words of a pattern that follow each other: without what is filled in, with figures, signs and alternatives as gaps. */
const runsOf = (pattern: string): readonly string[] =>
  pattern
    .replace(/\\[dswbDSWB]|\(\?[:=!]/g, '\n')
    .replace(/\\(.)/g, '$1')
    // Names of files.
    .replace(/\S+\.(?:bin|txt|ffcbackup)\b|freeflow-connect-backup-/g, '\n')
    .split(/[\n|()[\]{}^$*+?\d·:…→"]|\.(?=$|\W|\*)/)
    .flatMap((part) => part.split(fillings))
    .map((part) => part.trim().toLowerCase())
    .filter((part) => /\p{L}{2}/u.test(part));

const escaped = (part: string): string => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** A whole name may be a message with anything for what is filled in; a key may follow it in brackets. */
const names = Object.values(messages)
  .filter(({ message }) => !filledIn.test(message) || /\p{L}{4}/u.test(message.split(filledIn).join(' ')))
  .map(({ message }) => new RegExp(`^${message.split(filledIn).map(escaped).join('.+')}(?: \\([^)]+\\))?$`, 'u'));

interface Looked {
  readonly file: string;
  readonly source: string;
  readonly what: string | RegExp;
}

const byName = /\b(?:clickButton|fill|textOf)\(\s*[\w.()!?[\]]+,\s*'((?:[^'\\]|\\.)+)'/g;
const byRole = /\b(?:find|has|clickRole)\(\s*[\w.()!?[\]]+,\s*'\w+',\s*'((?:[^'\\]|\\.)+)'/g;
const byPattern = /\b(?:waitForText|waitForStatus|waitForRegionText)\([^;]*?\/((?:[^/\\\n]|\\.)+)\/([a-z]*)/g;

function lookedFor(file: string, source: string): readonly Looked[] {
  const unquoted = (text: string): string => text.replace(/\\(.)/g, '$1');
  return [
    ...[...source.matchAll(byName), ...source.matchAll(byRole)].map(([, name = '']) => ({
      file,
      source,
      what: unquoted(name),
    })),
    ...[...source.matchAll(byPattern)].map(([, pattern = '', flags]) => ({
      file,
      source,
      what: new RegExp(pattern, flags),
    })),
  ];
}

function isOnAScreen({ what, source }: Looked): boolean {
  if (typeof what === 'string')
    return (
      fillings.test(what) ||
      names.some((name) => name.test(what)) ||
      // Put together of several, such as "Connection: good".
      runsOf(what).every((run) => said.some((part) => part.replace(/[:. ]+$/, '').trim() === run))
    );
  // What a person of the test has typed stands in it a second time.
  const isTyped = (run: string) => source.toLowerCase().split(run).length > 2;
  return runsOf(what.source).every((run) => said.some((part) => part.includes(run)) || isTyped(run));
}

const files = ['tests/browsers', 'tests/crowd', 'tests/gallery', 'tests/network', 'tests/support/journeys']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `${folder}/${name}`))
  .filter((name) => name.endsWith('.ts'));
const looked = files.flatMap((file) => lookedFor(file, readFileSync(file, 'utf8')));

describe('screen words', () => {
  test('what tests look for by its words is said by a message', () => {
    expect(looked.length).toBeGreaterThan(300);
    expect(looked.filter((one) => !isOnAScreen(one)).map(({ file, what }) => `${file}: ${what}`)).toEqual([]);
  });

  test('words that no message has would be seen, in whatever they stand', () => {
    const stale = (source: string) => lookedFor('a.ts', source).filter((one) => !isOnAScreen(one)).length;
    expect(stale("await clickButton(page, 'Leave the call now');")).toBe(1);
    expect(stale("await find(page, 'dialog', 'Contacts of yesterday', 5);")).toBe(1);
    expect(stale('await waitForStatus(page, /^Call ended: Bob went home/);')).toBe(1);
    expect(stale('await waitForText(page, /(?:Reachable on|Hearing from) 2/);')).toBe(1);
    expect(stale("await clickButton(page, 'Leave call'); await waitForStatus(b, /^Call ended: declined/);")).toBe(0);
  });
});
