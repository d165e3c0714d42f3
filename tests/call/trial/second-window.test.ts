// What the second window of a trial call learns from the first, how it rings, and what both are told of.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import { emptyChatModel } from '../../../src/call/chat/chat-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import { fromBase64url, toBase64url } from '../../../src/core/base/bytes.ts';
import type { TakenCall } from '../../../src/core/call/requests.ts';
import { callTopics, epochDay, inboxTopic } from '../../../src/core/identity/topics.ts';
import { openSignal, sealSignal } from '../../../src/core/signaling/mail.ts';
import type { Signal, SignalBody } from '../../../src/core/signaling/signal.ts';
import { WebCryptoSealer } from '../../../src/platform/crypto/web-crypto-sealer.ts';
import { ChannelPool } from '../../../src/trial/channel-pool.ts';
import { ring } from '../../../src/trial/ringing.ts';
import { contactOf, newSeed, personOf, type TrialPerson } from '../../../src/trial/trial-people.ts';
import { ownPerson } from '../../../src/trial/trial-world.ts';
import { seeWhatArrives } from '../../../src/trial/what-arrives.ts';
import { type TrialPart, WindowTalk } from '../../../src/trial/window-talk.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';
import { WindowChannels } from '../../support/doubles/window-channels.ts';
import { until } from '../../support/runner/condition.ts';

const sealer = new WebCryptoSealer();
let channels: WindowChannels;
let clock: ManualClock;

beforeEach(() => {
  channels = new WindowChannels();
  clock = new ManualClock();
});

describe('the second window', () => {
  test('is handed its own side and told who the first one is', async () => {
    const first = await personOf(newSeed('Ana (first window)'));
    const handover = { own: newSeed('Ana (second window)'), other: contactOf(first) };
    new WindowTalk(channels.open(), handover);
    expect(await new WindowTalk(channels.open()).askWho(clock)).toEqual(handover);
  });

  test('learns that there is no first window', async () => {
    const asked = new WindowTalk(channels.open()).askWho(clock);
    await clock.advance(4_000);
    expect(await asked).toBeUndefined();
  });

  describe('rings', () => {
    let caller: TrialPerson;
    let callee: TrialPerson;
    let taken: TakenCall[];
    let cancelled: number;
    let callersPool: ChannelPool;
    const id = toBase64url(sealer.randomBytes(16));
    const st = sealer.randomBytes(32);

    beforeEach(async () => {
      [caller, callee] = await Promise.all([personOf(newSeed('Ana (first)')), personOf(newSeed('Ana (second)'))]);
      taken = [];
      cancelled = 0;
      callersPool = new ChannelPool(channels.open(), clock);
    });

    const listen = () =>
      ring({
        pool: new ChannelPool(channels.open(), clock),
        sealer,
        clock,
        self: ownPerson(callee),
        inboxSecret: callee.keys.inboxSecret,
        caller: contactOf(caller),
        onRing: (call) => taken.push(call),
        onCancel: () => {
          cancelled += 1;
        },
      });

    async function say(body: SignalBody, by: TrialPerson, n = 1): Promise<void> {
      const { keys } = callee;
      const topicHex = await inboxTopic(sealer, keys.inboxSecret, keys.ed25519Public, epochDay(clock.now()));
      const signal = { ...body, v: 1, id, dev: toBase64url(by.dev), n, ts: clock.now() } as Signal;
      const to = { ed25519: keys.ed25519Public, x25519: keys.x25519Public };
      const message = await sealSignal({ sealer, signer: ownPerson(by).signer, to, topicHex, signal });
      await callersPool.publish(topicHex, message, 6);
    }

    async function invite(exp = clock.now() + 60_000): Promise<SignalBody> {
      const { publicKey } = await sealer.generateOpener();
      const cm = toBase64url(sealer.randomBytes(32));
      return { t: 'invite', exp, st: toBase64url(st), ek: toBase64url(publicKey), cm, media: 'video', link: '' };
    }

    test('once for the first window, although the invite was sent before it opened, and says so', async () => {
      const body = await invite();
      await say(body, caller);
      await listen();
      await until(() => taken.length === 1, { what: 'the ring' });
      await say(body, caller, 2);
      const { b2a } = await callTopics(sealer, st);
      const said = () => channels.posted.filter((word) => (word as { topicHex?: string }).topicHex === b2a);
      await until(() => said().length === 1, { what: 'the word that it rings' });
      expect(taken).toHaveLength(1);
      expect(taken[0]).toMatchObject({ callId: id, contactId: contactOf(caller).id, media: 'video', nextN: 2 });
    });

    // Seen to fail with the look at the sender left out.
    test('for nobody else, and not for an invite that is over', async () => {
      await listen();
      const stranger = await personOf(newSeed('Eve'));
      await say(await invite(), stranger);
      await say(await invite(clock.now() - 1), caller);
      await say(await invite(), caller, 2);
      await until(() => taken.length > 0, { what: 'the ring of the first window' });
      expect(taken.map(({ callerDev }) => callerDev)).toEqual([toBase64url(caller.dev)]);
      expect(taken[0]?.expiresAt).toBeGreaterThan(clock.now());
    });

    test('until the first window gives up', async () => {
      await listen();
      await say(await invite(), caller);
      await until(() => taken.length === 1, { what: 'the ring' });
      await say({ t: 'cancel', why: 'cancelled' }, caller, 2);
      await until(() => cancelled === 1, { what: 'the end of the ring' });
    });

    // Seen to fail with the timer left out: a first window that was closed says nothing.
    test('no longer than the invite says', async () => {
      await listen();
      await say(await invite(), caller);
      await until(() => taken.length === 1, { what: 'the ring' });
      await clock.advance(59_999);
      expect(cancelled).toBe(0);
      await clock.advance(1);
      expect(cancelled).toBe(1);
    });

    test('with a word that only the first window can open', async () => {
      const opener = await sealer.generateOpener();
      await listen();
      await say({ ...(await invite()), ek: toBase64url(opener.publicKey) } as SignalBody, caller);
      const { b2a: topicHex } = await callTopics(sealer, st);
      const mail = () => channels.posted.find((word) => (word as { topicHex?: string }).topicHex === topicHex);
      const sent = (await until(() => mail(), { what: 'the word' })) as { payload: Uint8Array<ArrayBuffer> };
      const ownEd25519 = caller.keys.ed25519Public;
      const opened = await openSignal({ sealer, opener, ownEd25519, topicHex, message: sent.payload });
      expect(opened?.signal).toMatchObject({ t: 'ringing', id, n: 1 });
      expect(fromBase64url(opened?.signal.dev ?? '')).toEqual(callee.dev);
    });
  });
});

describe('what has arrived', () => {
  test('is known in both windows, once each', () => {
    const [one, other] = [new WindowTalk(channels.open()), new WindowTalk(channels.open())];
    one.tellArrived('camera');
    one.tellArrived('camera');
    other.tellArrived('chat');
    expect([...one.arrived.value]).toEqual(['camera', 'chat']);
    expect([...other.arrived.value]).toEqual(['camera', 'chat']);
    expect(channels.posted).toHaveLength(2);
  });

  test('is a picture that moves, a voice, a screen and a message of the other side, and nothing of the own', () => {
    const person = emptyPersonModel();
    const chat = emptyChatModel();
    const seen = new Set<TrialPart>();
    seeWhatArrives({ person: signal(person), chat }, (part) => seen.add(part));
    person.remoteSpeaking.value = true;
    chat.entries.value = [{ kind: 'message', id: '1', author: '', at: 0, text: 'mine', arrived: true }];
    expect([...seen]).toEqual([]);
    const sample = (framesPerSecond: number, packetsPerSecond: number) =>
      ({ pictureIn: { framesPerSecond }, soundIn: { packetsPerSecond } }) as unknown as typeof person.statistics.value;
    person.statistics.value = sample(0, 50);
    expect([...seen]).toEqual(['microphone']);
    person.statistics.value = sample(24, 50);
    chat.entries.value = [{ kind: 'message', id: '2', author: 'b', at: 0, text: 'theirs', arrived: true }];
    person.remoteScreen.value = {} as MediaStream;
    expect(seen).toEqual(new Set(['microphone', 'camera', 'chat', 'screen']));
  });
});
