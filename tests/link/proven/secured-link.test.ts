// The greeting: nothing is believed before it, and it is said until it is known to have been heard.
import { beforeEach, describe, expect, test } from 'vitest';
import { type Bytes, toBase64url } from '../../../src/core/base/bytes.ts';
import type { CallEvent } from '../../../src/core/call/call-machine.ts';
import { type CallTranscript, transcriptHash } from '../../../src/core/identity/call-security.ts';
import type { Card, ControlMessage, MediaState } from '../../../src/core/signaling/control-message.ts';
import type { LinkEvents } from '../../../src/link/proven/raw-link.ts';
import { SecuredLink } from '../../../src/link/proven/secured-link.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { sealer } from '../../support/samples/test-identity.ts';

const bytes = (length: number, value: number) => new Uint8Array(length).fill(value);
const transcript: CallTranscript = {
  id: bytes(16, 1),
  edA: bytes(32, 2),
  xA: bytes(32, 3),
  edB: bytes(32, 4),
  xB: bytes(32, 5),
  ekA: bytes(32, 6),
  ekB: bytes(32, 7),
  fpA: bytes(32, 8),
  fpB: bytes(32, 9),
  rA: bytes(32, 10),
  rB: bytes(32, 11),
};
const media: MediaState = { microphone: true, camera: true, screen: false, speaking: false };

let clock: ManualClock;
let events: LinkEvents;
let opened: number;
let said: ControlMessage[];
let isWritable: boolean;
let happened: CallEvent[];
let heardMedia: MediaState[];
let link: SecuredLink;
let card: Card | undefined;
let cards: Card[];
let kept: Bytes[];
let hello: Extract<ControlMessage, { t: 'hello' }>;

beforeEach(async () => {
  clock = new ManualClock(0);
  [said, happened, heardMedia, isWritable, opened] = [[], [], [], true, 0];
  [card, cards, kept] = [undefined, [], []];
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
      ownCard: async () => card,
      ownMedia: () => media,
      dispatch: (event) => happened.push(event),
      onDescription: nothing,
      relays: { say: nothing, join: nothing, leave: nothing },
      onEmoji: nothing,
      onRemoteMedia: (state) => heardMedia.push(state),
      onRemoteQuality: nothing,
      onProven: nothing,
      onGreeted: nothing,
      onCard: (one) => cards.push(one),
      onKept: (one) => kept.push(one),
      onTrack: nothing,
    },
  );
});

const words = () => said.map(({ t }) => t);

describe('what is heard', () => {
  test('before our own hash is there is believed once the greeting is checked, in its order', async () => {
    events.onControlOpen();
    events.onControl(hello);
    events.onControl({ t: 'media', ...media, screen: true });
    expect(heardMedia).toEqual([]);
    await link.secure(transcript);
    expect(heardMedia).toEqual([{ t: 'media', ...media, screen: true }]);
    events.onControl({ t: 'bye', why: 'hung-up' });
    expect(happened).toEqual([{ event: 'bye' }]);
  });

  test('without a greeting is not believed', async () => {
    events.onControl({ t: 'media', ...media });
    await link.secure(transcript);
    events.onControl({ t: 'bye', why: 'hung-up' });
    expect([heardMedia, happened]).toEqual([[], []]);
  });

  // Seen to fail with the two transcripts not compared.
  test('with a greeting of another transcript ends the call, and nothing of it is believed (E.40)', async () => {
    await link.secure(transcript);
    events.onControl({ ...hello, h: toBase64url(await transcriptHash(sealer, { ...transcript, fpA: bytes(32, 99) })) });
    events.onControl({ t: 'media', ...media });
    expect(happened).toEqual([{ event: 'security-failed', check: 'transcript' }]);
    expect(heardMedia).toEqual([]);
  });

  test('is kept only in part while nothing can be checked', async () => {
    events.onControl(hello);
    for (let i = 0; i < 14; i += 1) events.onControl({ t: 'media', ...media });
    events.onControl({ t: 'media', ...media, speaking: true });
    for (let i = 0; i < 100; i += 1) events.onControl({ t: 'media', ...media });
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

  // Seen to fail with each word handed on as it comes.
  test('of states is a few of them, and the last one counts', async () => {
    for (let i = 0; i < 1_000; i += 1) events.onControl({ t: 'media', ...media, speaking: i % 2 === 0 });
    events.onControl({ t: 'media', ...media, screen: true });
    await clock.advance(1_000);
    expect(heardMedia).toHaveLength(2);
    expect(heardMedia.at(-1)).toMatchObject({ screen: true });
  });

  test('of greetings is not answered with a flood', async () => {
    for (let i = 0; i < 1_000; i += 1) {
      events.onControl(hello);
      await clock.advance(1);
    }
    expect(words().filter((word) => word === 'heard')).toHaveLength(2);
  });

  test('of cards is heard at most every two seconds, and the same one never again', async () => {
    const inbox = (value: number) => toBase64url(bytes(16, value));
    for (let i = 0; i < 1_000; i += 1) events.onControl({ t: 'card', link: 'ffc:1:theirs', inbox: inbox(1) });
    await clock.advance(10_000);
    expect(cards).toHaveLength(1);
    for (let i = 0; i < 200; i += 1) {
      events.onControl({ t: 'card', link: 'ffc:1:theirs', inbox: inbox(i) });
      events.onControl({ t: 'kept', inbox: inbox(i) });
    }
    await clock.advance(10_000);
    expect(cards).toHaveLength(3);
    expect(kept).toHaveLength(2);
  });

  test('leaves nothing behind that is heard after the link is closed', async () => {
    for (let i = 0; i < 10; i += 1) events.onControl({ t: 'media', ...media });
    link.close();
    await clock.advance(1_000);
    expect(heardMedia).toHaveLength(1);
  });
});

describe('the own greeting', () => {
  test('is said again until the other side answers it', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    expect(words()).toEqual(['hello', 'media']);
    await clock.advance(2_500);
    expect(words()).toEqual(['hello', 'media', 'hello', 'media', 'hello', 'media']);
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
    link.tellMedia({ ...media, screen: true });
    isWritable = true;
    await clock.advance(1_000);
    expect(words()).toEqual(['hello', 'media']);
    said.length = 0;
    link.tellMedia({ ...media, screen: true });
    expect(said).toEqual([{ t: 'media', ...media, screen: true }]);
  });

  test('is not said for ever, and not once the link is closed', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    await clock.advance(120_000);
    expect(words().filter((word) => word === 'hello')).toHaveLength(40);
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
    expect(words().filter((word) => word === 'heard')).toHaveLength(2);
  });
});

describe('how people reach each other after the call', () => {
  const own: Card = { link: 'ffc:1:own', inbox: bytes(16, 77) };
  const word = { t: 'card', link: 'ffc:1:own', inbox: toBase64url(bytes(16, 77)) };
  const said77 = () => JSON.stringify(said).includes(toBase64url(bytes(16, 77)));

  // P3 of H4, turned round. Seen to fail with the card said whatever the page says.
  test('nobody is told who is not to be: neither link nor inbox is in any word', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    events.onControl(hello);
    await clock.advance(0);
    link.tellMedia(media);
    await link.tellCard();
    expect(words()).not.toContain('card');
    expect(JSON.stringify(said)).not.toContain('ffc:');
  });

  test('a contact is told once the call is proven, not before', async () => {
    card = own;
    events.onControlOpen();
    await link.secure(transcript);
    await link.tellCard();
    expect(said77()).toBe(false);
    events.onControl(hello);
    await clock.advance(0);
    expect(said).toContainEqual(word);
  });

  test('whoever becomes a contact in mid-call is told then, once; and again when it has changed', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    events.onControl(hello);
    await clock.advance(0);
    card = own;
    await link.tellCard();
    await link.tellCard();
    expect(words().filter((one) => one === 'card')).toHaveLength(1);
    card = { link: 'ffc:1:newer' };
    await link.tellCard();
    expect(said.at(-1)).toEqual({ t: 'card', link: 'ffc:1:newer' });
  });

  test('it is told again on a new connection, once that is proven', async () => {
    card = own;
    events.onControlOpen();
    await link.secure(transcript);
    events.onControl(hello);
    await clock.advance(0);
    said.length = 0;
    events.onControlOpen();
    expect(words()).not.toContain('card');
    events.onControl(hello);
    await clock.advance(500);
    expect(said).toContainEqual(word);
  });

  test('what the other side tells is heard after its greeting only', async () => {
    await link.secure(transcript);
    events.onControl({ t: 'card', link: 'ffc:1:theirs', inbox: toBase64url(bytes(16, 5)) });
    events.onControl({ t: 'kept', inbox: toBase64url(bytes(16, 6)) });
    expect([cards, kept]).toEqual([[], []]);
    events.onControl(hello);
    events.onControl({ t: 'card', link: 'ffc:1:theirs', inbox: toBase64url(bytes(16, 5)) });
    events.onControl({ t: 'card', link: 'ffc:1:theirs' });
    events.onControl({ t: 'kept', inbox: toBase64url(bytes(16, 6)) });
    await clock.advance(2_000);
    expect(cards).toEqual([{ link: 'ffc:1:theirs', inbox: bytes(16, 5) }, { link: 'ffc:1:theirs' }]);
    expect(kept).toEqual([bytes(16, 6)]);
    link.tellKept(bytes(16, 5));
    expect(said.at(-1)).toEqual({ t: 'kept', inbox: toBase64url(bytes(16, 5)) });
  });
});
