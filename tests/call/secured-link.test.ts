// The greeting: nothing is believed before it, and it is said until it is known to have been heard.
import { beforeEach, describe, expect, test } from 'vitest';
import type { LinkEvents } from '../../src/call/raw-link.ts';
import { SecuredLink } from '../../src/call/secured-link.ts';
import { toBase64url } from '../../src/core/bytes.ts';
import type { CallEvent } from '../../src/core/call-machine.ts';
import { type CallTranscript, transcriptHash } from '../../src/core/call-security.ts';
import type { ControlMessage, MediaState } from '../../src/core/control-message.ts';
import { ManualClock } from '../support/manual-clock.ts';
import { sealer } from '../support/test-identity.ts';

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
let said: ControlMessage[];
let isWritable: boolean;
let happened: CallEvent[];
let heardMedia: MediaState[];
let link: SecuredLink;
let hello: Extract<ControlMessage, { t: 'hello' }>;

beforeEach(async () => {
  clock = new ManualClock(0);
  [said, happened, heardMedia, isWritable] = [[], [], [], true];
  hello = { t: 'hello', h: toBase64url(await transcriptHash(sealer, transcript)), link: 'ffc:1:theirs' };
  const nothing = () => undefined;
  link = new SecuredLink(
    (_opening, given) => {
      events = given;
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
      ownLink: 'ffc:1:own',
      ownFriendsInbox: bytes(16, 12),
      ownMedia: () => media,
      dispatch: (event) => happened.push(event),
      onDescription: nothing,
      relays: { say: nothing, join: nothing, leave: nothing },
      onEmoji: nothing,
      onRemoteMedia: (state) => heardMedia.push(state),
      onRemoteQuality: nothing,
      onProven: nothing,
      onGreeted: nothing,
      onInbox: nothing,
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

  test('is kept only in part while nothing can be checked', async () => {
    events.onControl(hello);
    for (let i = 0; i < 100; i += 1) events.onControl({ t: 'media', ...media });
    await link.secure(transcript);
    expect(heardMedia).toHaveLength(15);
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
    events.onControl({ t: 'inbox', secret: toBase64url(bytes(16, 13)) });
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

  test('of the other side is answered every time, so that it may stop', async () => {
    events.onControlOpen();
    await link.secure(transcript);
    events.onControl(hello);
    events.onControl(hello);
    expect(words().filter((word) => word === 'inbox')).toHaveLength(2);
  });
});
