// Recording in the roster: what an entry may say of it, what it proves, and which questions are still open.
import { beforeAll, describe, expect, test } from 'vitest';
import { toBase64url, toHex } from '../../../src/core/base/bytes.ts';
import { type Answer, answered, maxAnswers, unanswered } from '../../../src/core/group/consent-words.ts';
import {
  isEntrySigned,
  parseEntry,
  type RosterEntry,
  type SignedEntry,
  signEntry,
} from '../../../src/core/group/roster.ts';
import { provenAnswer } from '../../../src/core/recording/consent-proof.ts';
import { sealer, type TestIdentity, testIdentity } from '../../support/samples/test-identity.ts';

const now = 1_800_000_000_000;
const recordingOf = (seed: number): string => toBase64url(new Uint8Array(16).fill(seed));
const [first, second] = [recordingOf(1), recordingOf(2)];

let alice: TestIdentity;
let bob: TestIdentity;
let silent: RosterEntry;

beforeAll(async () => {
  [alice, bob] = await Promise.all([testIdentity(1), testIdentity(2)]);
  silent = {
    id: toHex(alice.ed25519),
    ed25519: alice.ed25519,
    x25519: alice.x25519,
    ek: bob.x25519,
    ask: recordingOf(7),
    heard: [],
    n: now,
    name: 'Alice',
    relays: [],
    here: true,
    links: [],
    lacks: [],
    calling: [],
    hand: false,
    locked: false,
  };
});

/** An entry that says something else, signed by its author. */
async function saying(change: Record<string, unknown>): Promise<SignedEntry> {
  const e = JSON.stringify({ ...JSON.parse((await signEntry(alice.signer, silent)).e), ...change });
  const message = new TextEncoder().encode(`ffc/1 roster\0${e}`);
  return { e, s: toBase64url(await alice.signer.sign(message)) };
}

const parsed = async (change: Record<string, unknown>): Promise<RosterEntry | undefined> =>
  parseEntry(await saying(change), now);

describe('consent in an entry', () => {
  test('comes back as it was said', async () => {
    const entry: RosterEntry = {
      ...silent,
      rec: { id: first, state: 'asking', since: now },
      says: [
        { rec: second, yes: true },
        { rec: recordingOf(3), yes: false, forget: true },
        { rec: recordingOf(4), yes: true, marks: 1_000 },
      ],
    };
    const signed = await signEntry(alice.signer, entry);
    expect(parseEntry(signed, now)).toEqual(entry);
    expect(await isEntrySigned(sealer, entry, signed)).toBe(true);
  });

  test('takes no letter where there is nothing to say', async () => {
    const { e } = await signEntry(alice.signer, { ...silent, says: [] });
    expect(e).toBe((await signEntry(alice.signer, silent)).e);
    expect(e).not.toMatch(/rec|says/);
  });

  test('may say more than this version knows', async () => {
    const more = { rec: { id: first, state: 'on', since: 5, later: 1 }, says: [{ rec: second, yes: true, later: 2 }] };
    expect(await parsed(more)).toMatchObject({
      rec: { id: first, state: 'on', since: 5 },
      says: [{ rec: second, yes: true }],
    });
    expect((await parsed(more))?.rec).not.toHaveProperty('later');
  });

  test.each([
    ['a recording without a name of its own', { rec: { state: 'on', since: 1 } }],
    ['a name of another length', { rec: { id: toBase64url(new Uint8Array(15)), state: 'on', since: 1 } }],
    ['a state that is none', { rec: { id: first, state: 'secret', since: 1 } }],
    ['a time that is none', { rec: { id: first, state: 'on', since: 1.5 } }],
    ['a time before there was any', { rec: { id: first, state: 'on', since: -1 } }],
    ['two recordings', { rec: [{ id: first, state: 'on', since: 1 }] }],
    ['an answer that is none', { says: [{ rec: first, yes: 'yes' }] }],
    [
      'two answers to one recording',
      {
        says: [
          { rec: first, yes: true },
          { rec: first, yes: false },
        ],
      },
    ],
    ['yes, and forget me', { says: [{ rec: first, yes: true, forget: true }] }],
    ['marks in what one is not in', { says: [{ rec: first, yes: false, marks: 1 }] }],
    ['no mark that is one', { says: [{ rec: first, yes: true, marks: 0 }] }],
    ['more marks than anybody sets', { says: [{ rec: first, yes: true, marks: 1_001 }] }],
    ['a forget that is no wish', { says: [{ rec: first, yes: false, forget: false }] }],
    [
      'more answers than others can record',
      { says: Array.from({ length: 8 }, (_, at) => ({ rec: recordingOf(at), yes: true })) },
    ],
  ])('%s: the whole entry is dropped', async (_what, change) => {
    expect(await parsed({})).toBeDefined();
    expect(await parsed(change)).toBeUndefined();
  });
});

describe('the proof of an answer', () => {
  test('holds for its author, its recording and its word', async () => {
    const signed = await saying({
      says: [
        { rec: first, yes: true },
        { rec: second, yes: false, forget: true },
      ],
    });
    const alone = { person: silent.id, name: 'Alice', n: now };
    expect(await provenAnswer(sealer, signed, first)).toEqual({ ...alone, yes: true, forget: false });
    expect(await provenAnswer(sealer, signed, second)).toEqual({ ...alone, yes: false, forget: true });
    expect(await provenAnswer(sealer, signed, recordingOf(3))).toBeUndefined();
  });

  test('is none when a no was made a yes', async () => {
    const signed = await saying({ says: [{ rec: first, yes: false }] });
    const forged = { ...signed, e: signed.e.replace('"yes":false', '"yes":true') };
    expect(parseEntry(forged, now)?.says).toEqual([{ rec: first, yes: true }]);
    expect(await provenAnswer(sealer, forged, first)).toBeUndefined();
  });
});

describe('questions and answers', () => {
  const recorder = (person: string, id: string) => ({ person, id, state: 'on', since: now }) as const;

  test('who records is asked about until there is an answer, whatever it is', () => {
    const recorders = [recorder('a', first), recorder('b', second)];
    expect(unanswered(recorders, [])).toEqual(recorders);
    expect(unanswered(recorders, [{ rec: first, yes: false }])).toEqual([recorders[1]]);
    // The same person, another recording: asked again.
    expect(unanswered([recorder('a', recordingOf(3))], [{ rec: first, yes: true }])).toHaveLength(1);
  });

  test('a newer answer takes the place of the one before', () => {
    const yes = answered([], { rec: first, yes: true }, new Set([first]));
    expect(answered(yes, { rec: first, yes: false, forget: true }, new Set([first]))).toEqual([
      { rec: first, yes: false, forget: true },
    ]);
  });

  test('of too many answers those to recordings that are over go first', () => {
    const all: readonly Answer[] = Array.from({ length: maxAnswers }, (_, at) => ({ rec: recordingOf(at), yes: true }));
    const running = new Set([recordingOf(0), recordingOf(6), recordingOf(9)]);
    const kept = answered(all, { rec: recordingOf(9), yes: true }, running).map(({ rec }) => rec);
    expect(kept).toHaveLength(maxAnswers);
    expect(kept.slice(0, 3)).toEqual([9, 0, 6].map(recordingOf));
  });
});
