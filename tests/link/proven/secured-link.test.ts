// The greeting: nothing is believed before it, and it is said until it is known to have been heard.
import { beforeEach, describe, expect, test } from 'vitest';
import { type MediaState, mediaWord } from '../../../src/call/devices/media-word.ts';
import { keptWord } from '../../../src/call/pair/contact-cards.ts';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import type { CallEvent } from '../../../src/core/call/call-machine.ts';
import { type CallTranscript, transcriptHash } from '../../../src/core/identity/call-security.ts';
import type { ControlMessage, FeatureWord } from '../../../src/core/signaling/control-message.ts';
import { ControlWords } from '../../../src/link/proven/control-words.ts';
import type { LinkEvents } from '../../../src/link/proven/raw-link.ts';
import { SecuredLink } from '../../../src/link/proven/secured-link.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { sealer } from '../../support/samples/test-identity.ts';

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const keys = Object.fromEntries(
  ['edA', 'xA', 'edB', 'xB', 'ekA', 'ekB', 'fpA', 'fpB', 'rA', 'rB'].map((name, i) => [name, bytes(32, i + 2)]),
) as Omit<CallTranscript, 'id'>;
const transcript: CallTranscript = { id: bytes(16, 1), ...keys };
const media: MediaState = { microphone: true, camera: true, screen: false, speaking: false };

let clock: ManualClock;
let events: LinkEvents;
let opened: number;
let said: (ControlMessage | FeatureWord)[];
let isWritable: boolean;
let happened: CallEvent[];
let heardMedia: MediaState[];
let link: SecuredLink;
let words: ControlWords;
let kept: string[];
let greeted: number;
let hello: Extract<ControlMessage, { t: 'hello' }>;

beforeEach(async () => {
  clock = new ManualClock(0);
  [said, happened, heardMedia, isWritable, opened] = [[], [], [], true, 0];
  [kept, greeted] = [[], 0];
  words = new ControlWords(clock);
  words.sayWithGreeting(mediaWord, () => media);
  words.on(mediaWord, (state) => void heardMedia.push(state));
  words.on(keptWord, ({ inbox }) => void kept.push(inbox));
  words.onGreeted(() => {
    greeted += 1;
  });
  hello = { t: 'hello', h: toBase64url(await transcriptHash(sealer, transcript)) };
  const nothing = () => undefined;
  link = new SecuredLink(
    (_opening, given) => {
      events = given;
      opened += 1;
      return {
        takeDescription: nothing,
        take: nothing,
        restart: nothing,
        renegotiate: nothing,
        offerAgain: () => false,
        sendKeyFrame: nothing,
        send: (message) => {
          if (isWritable) said.push(message);
          return isWritable;
        },
        close: nothing,
      };
    },
    'answer',
    {
      sealer,
      clock,
      words,
      dispatch: (event) => happened.push(event),
      onDescription: nothing,
      relays: { say: nothing, join: nothing, leave: nothing },
      onEmoji: nothing,
      onProven: nothing,
    },
  );
});

const kinds = () => said.map(({ t }) => t);

describe('what is heard', () => {
  test('before our own hash is there is believed once the greeting is checked, in its order', async () => {
    events.onControlOpen();
    events.onControl(hello);
    events.onWord({ t: 'media', ...media, screen: true });
    expect(heardMedia).toEqual([]);
    await link.secure(transcript);
    expect(heardMedia).toEqual([{ ...media, screen: true }]);
    events.onControl({ t: 'bye', why: 'hung-up' });
    expect(happened).toEqual([{ event: 'bye' }]);
  });

  test('without a greeting is not believed', async () => {
    events.onWord({ t: 'media', ...media });
    await link.secure(transcript);
    events.onControl({ t: 'bye', why: 'hung-up' });
    expect([heardMedia, happened]).toEqual([[], []]);
  });

  // Seen to fail with the two transcripts not compared.
  test('with a greeting of another transcript ends the call, and nothing of it is believed (E.40)', async () => {
    await link.secure(transcript);
    events.onControl({ ...hello, h: toBase64url(await transcriptHash(sealer, { ...transcript, fpA: bytes(32, 99) })) });
    events.onWord({ t: 'media', ...media });
    expect(happened).toEqual([{ event: 'security-failed', check: 'transcript' }]);
    expect(heardMedia).toEqual([]);
  });

  test('is kept only in part while nothing can be checked', async () => {
    events.onControl(hello);
    for (let i = 0; i < 14; i += 1) events.onWord({ t: 'media', ...media });
    events.onWord({ t: 'media', ...media, speaking: true });
    for (let i = 0; i < 100; i += 1) events.onWord({ t: 'media', ...media });
    await link.secure(transcript);
    await clock.advance(1_000);
    expect(heardMedia.map(({ speaking }) => speaking)).toEqual([false, true]);
  });
});

describe('connected (F7)', () => {
  // Seen to fail with link-connected said as soon as the connection is up.
  test('is only what is proven: a connection whose other end does not greet is merely up', async () => {
    events.onConnected();
    events.onControlOpen();
    await link.secure(transcript);
    expect(happened).toEqual([{ event: 'link-up' }]);
    events.onControl(hello);
    expect(happened.slice(1)).toEqual([{ event: 'link-connected', at: 0 }]);
  });

  test('comes with the connection where the greeting was sooner, and again after an interruption', async () => {
    await link.secure(transcript);
    events.onControlOpen();
    events.onControl(hello);
    expect(happened).toEqual([]);
    events.onConnected();
    events.onInterrupted();
    events.onConnected();
    const connected = { event: 'link-connected', at: 0 };
    expect(happened).toEqual([connected, { event: 'link-interrupted' }, connected]);
  });

  // Seen to fail with onReplaced doing nothing.
  test('is asked of every new connection', async () => {
    await link.secure(transcript);
    events.onControlOpen();
    events.onConnected();
    events.onControl(hello);
    happened.length = 0;
    events.onBroken();
    await clock.advance(10_000);
    expect(opened).toBeGreaterThan(1);
    events.onConnected();
    events.onControlOpen();
    expect(happened.map(({ event }) => event)).toEqual(['link-interrupted', 'link-up']);
    events.onControl(hello);
    expect(happened.at(-1)).toMatchObject({ event: 'link-connected' });
  });
});

describe('a flood (F2)', () => {
  beforeEach(async () => {
    events.onControlOpen();
    await link.secure(transcript);
    events.onControl(hello);
    said.length = 0;
  });

  test('of greetings is not answered with a flood', async () => {
    for (let i = 0; i < 1_000; i += 1) {
      events.onControl(hello);
      await clock.advance(1);
    }
    expect(kinds().filter((word) => word === 'heard')).toHaveLength(2);
  });

  test('leaves nothing behind that is heard after the link is closed', async () => {
    for (let i = 0; i < 10; i += 1) events.onWord({ t: 'media', ...media });
    link.close();
    await clock.advance(1_000);
    expect(heardMedia).toHaveLength(1);
  });
});

describe('the own greeting', () => {
  test('is said again until the other side answers it', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    expect(kinds()).toEqual(['hello', 'media']);
    await clock.advance(2_500);
    expect(kinds()).toEqual(['hello', 'media', 'hello', 'media', 'hello', 'media']);
    events.onControl(hello);
    events.onControl({ t: 'heard' });
    said.length = 0;
    await clock.advance(10_000);
    expect(said).toEqual([]);
  });

  test('that could not be sent is said again, and with it which devices are on', async () => {
    isWritable = false;
    events.onControlOpen();
    await link.secure(transcript);
    words.say(mediaWord, { ...media, screen: true });
    isWritable = true;
    await clock.advance(1_000);
    expect(kinds()).toEqual(['hello', 'media']);
    said.length = 0;
    words.say(mediaWord, { ...media, screen: true });
    expect(said).toEqual([{ t: 'media', ...media, screen: true }]);
  });

  test('is not said for ever, and not once the link is closed', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    await clock.advance(120_000);
    expect(kinds().filter((word) => word === 'hello')).toHaveLength(40);
    said.length = 0;
    link.close();
    await clock.advance(10_000);
    expect(said).toEqual([]);
  });

  test('of the other side is answered again a moment later, so that it may stop', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    events.onControl(hello);
    events.onControl(hello);
    await clock.advance(500);
    expect(kinds().filter((word) => word === 'heard')).toHaveLength(2);
  });
});

describe('a personal word', () => {
  const inbox = toBase64url(bytes(16, 77));

  // P3 of H4, turned round. Seen to fail with isPersonal not looked at.
  test('is said once the call is proven, not before', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    expect(words.isOpen(mediaWord)).toBe(true);
    expect([words.isOpen(keptWord), words.say(keptWord, { inbox })]).toEqual([false, false]);
    events.onControl(hello);
    expect(words.say(keptWord, { inbox })).toBe(true);
    expect(said.at(-1)).toEqual({ t: 'kept', inbox });
    expect(kinds().filter((one) => one === 'kept')).toHaveLength(1);
  });

  test('of the other side is heard after its greeting only', async () => {
    await link.secure(transcript);
    events.onWord({ t: 'kept', inbox });
    expect(kept).toEqual([]);
    events.onControl(hello);
    events.onWord({ t: 'kept', inbox });
    expect(kept).toEqual([inbox]);
  });
});

describe('features', () => {
  test('are told each time the other side greets, on every connection', async () => {
    let openings = 0;
    words.onOpened(() => {
      openings += 1;
    });
    events.onControlOpen();
    await link.secure(transcript);
    expect([openings, greeted]).toEqual([1, 0]);
    events.onControl(hello);
    await clock.advance(500);
    events.onControlOpen();
    events.onControl(hello);
    await clock.advance(500);
    expect([openings, greeted]).toEqual([2, 2]);
  });

  test('say nothing before the own greeting, and nothing once the link is closed', async () => {
    expect(words.say(mediaWord, media)).toBe(false);
    events.onControlOpen();
    expect(words.say(mediaWord, media)).toBe(false);
    await link.secure(transcript);
    expect(words.say(mediaWord, media)).toBe(true);
    events.onControl(hello);
    link.close();
    said.length = 0;
    expect([words.say(mediaWord, media), words.say(keptWord, { inbox: '' })]).toEqual([false, false]);
    expect(said).toEqual([]);
  });

  // Seen to fail with every word kept, known or not.
  test('do not lose the greeting to words that nobody knows, or that are not as they should be', async () => {
    for (let i = 0; i < 40; i += 1) events.onWord({ t: i % 2 === 0 ? 'later' : 'media', microphone: i });
    events.onControl(hello);
    events.onWord({ t: 'media', ...media });
    await link.secure(transcript);
    expect(heardMedia).toEqual([media]);
  });
});
