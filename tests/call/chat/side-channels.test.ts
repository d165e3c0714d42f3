// Chat over channels of its own beside the media: nothing is believed before the proof, nothing is lost with a connection.
import { describe, expect, it, test } from 'vitest';
import { toBase64url } from '../../../src/core/base/bytes.ts';
import { formatChatWord, parseChatWord } from '../../../src/core/transfer/chat.ts';
import { formatFileFrame, formatFileWord } from '../../../src/core/transfer/file-message.ts';
import { NegotiatedChannel } from '../../../src/link/connection/negotiated-channel.ts';
import { FakeConnectionPair } from '../../support/doubles/fake-channels.ts';
import { until } from '../../support/runner/condition.ts';
import { join, prove, randomFile, saying, settle, twoSides } from '../../support/worlds/side-pair.ts';

describe('channels', () => {
  it('are made by number, the same on both sides, three for each participant', () => {
    const { pair } = twoSides();
    const made = [...pair.one.channels].map(([id, { label, options }]) => [id, label, options.negotiated]);
    expect(made).toEqual([
      [16, 'chat', true],
      [18, 'files', true],
      [20, 'file-bytes', true],
    ]);
    expect([...pair.two.channels.keys()]).toEqual([16, 18, 20]);
  });
});

describe('before the link is proven', () => {
  // Seen to fail with #isProven true from the start.
  it('nothing is read and nothing is said; what came is read afterwards, in order', async () => {
    const { a, b } = twoSides();
    prove(a);
    a.channels.say(saying(1));
    a.channels.say(saying(2));
    a.channels.sending.offer(randomFile('a.bin', 10), false);
    b.channels.say(saying(3));
    await settle();
    expect([b.said, b.views.size, a.said, b.isUp]).toEqual([[], 0, [], false]);
    prove(b);
    await settle();
    expect([b.said, b.views.size, a.said]).toEqual([['1', '2'], 1, ['3']]);
    expect(a.arrived).toHaveLength(2);
  });

  it('no more is held than 64 messages', async () => {
    const { a, b, pair } = twoSides();
    prove(a);
    for (let number = 1; number <= 100; number++) pair.one.channels.get(16)?.send(formatChatWord(saying(number)));
    for (let turn = 0; turn < 5; turn++) await settle();
    prove(b);
    await b.clock.advance(10_000);
    expect(b.said).toHaveLength(64);
  });

  it('and garbage afterwards, does nothing', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    const id = toBase64url(new Uint8Array(16));
    const hash = toBase64url(new Uint8Array(32));
    for (const [channel, message] of [
      [16, 'garbage'],
      [16, new Uint8Array(40)],
      [16, formatFileWord({ t: 'pause', id })],
      [18, new Uint8Array(40)],
      [18, formatChatWord(saying(9))],
      [18, formatFileWord({ t: 'accept', id, from: 0, head: hash })],
      [18, formatFileWord({ t: 'verdict', id, same: true })],
      [20, 'text'],
      [20, new Uint8Array(3)],
      [20, formatFileFrame({ id, offset: 0, bytes: new Uint8Array(9) })],
    ] as const)
      pair.one.channels.get(channel)?.send(message);
    await settle();
    expect([b.said, b.views.size]).toEqual([[], 0]);
    a.channels.say(saying(1));
    await settle();
    expect(b.said).toEqual(['1']);
  });
});

describe('a conversation', () => {
  // Seen to fail with messages forgotten once they are sent.
  it('outlives its connection: what did not arrive is said again, once', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    a.channels.say(saying(1));
    await settle();
    pair.isHeld = true;
    a.channels.say(saying(2));
    pair.break();
    await settle();
    expect([a.isUp, b.isUp]).toEqual([false, false]);
    a.channels.say(saying(3));
    join(a, b);
    await settle();
    expect(b.said).toEqual(['1']);
    prove(a, b);
    await settle();
    expect([b.said, a.isUp]).toEqual([['1', '2', '3'], true]);
    expect(a.arrived).toHaveLength(3);
  });

  // Seen to fail with no bound on what waits, and with what waits acknowledged as it comes.
  it('with somebody who floods shows as much as can be read, and acknowledges no more than it has shown (F3)', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    const got: string[] = [];
    pair.one.channels.get(16)?.addEventListener('message', (event) => {
      const word = parseChatWord((event as MessageEvent<string>).data);
      if (word?.t === 'got') got.push(...word.ids);
    });
    for (let number = 1; number <= 300; number++)
      pair.one.channels
        .get(16)
        ?.send(
          formatChatWord({ ...saying(1), id: toBase64url(new Uint8Array(new Uint32Array([number, 0, 0]).buffer)) }),
        );
    for (let turn = 0; turn < 20; turn++) await settle();
    expect([b.said.length, got.length]).toEqual([60, 60]);
    await b.clock.advance(60_000);
    for (let turn = 0; turn < 5; turn++) await settle();
    expect([b.said.length, got.length]).toEqual([124, 124]);
  });

  it('with somebody who says one message ten thousand times answers a few hundred times', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    let answers = 0;
    pair.one.channels.get(16)?.addEventListener('message', () => {
      answers += 1;
    });
    const word = formatChatWord(saying(1));
    for (let turn = 0; turn < 10_000; turn++) pair.one.channels.get(16)?.send(word);
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(b.said).toEqual(['1']);
    expect(answers).toBe(400);
  });

  // Seen to fail with a budget of words alone.
  it('with somebody who floods it with long texts shows no more characters than can be laid out (M6)', async () => {
    const { a, b, pair } = twoSides();
    prove(a, b);
    for (let number = 1; number <= 200; number++)
      pair.one.channels.get(16)?.send(formatChatWord(saying(number, '_*a'.repeat(3_333))));
    for (let turn = 0; turn < 15; turn++) await settle();
    expect(b.said).toHaveLength(2);
    await b.clock.advance(5_000);
    expect(b.said).toHaveLength(2 + 4);
  });

  // Seen to fail with everything said at once to somebody who has no room for it.
  it('of somebody who writes faster than is read loses nothing, and keeps its order (F3)', async () => {
    const { a, b } = twoSides();
    prove(a, b);
    for (let number = 1; number <= 250; number++) a.channels.say(saying(number, `${number} ${'x'.repeat(300)}`));
    for (let turn = 0; turn < 200 && a.arrived.length < 250; turn++) {
      await settle();
      await b.clock.advance(500);
      await a.clock.advance(500);
    }
    expect(b.said.map((text) => Number.parseInt(text, 10))).toEqual(
      Array.from({ length: 250 }, (_, index) => index + 1),
    );
    expect(a.arrived).toHaveLength(250);
  });

  // Seen to fail with all of it said at once.
  it('says no more than the other side has room for before it hears that some has arrived', async () => {
    const { a, b, pair } = twoSides();
    prove(a);
    const sent: string[] = [];
    pair.two.channels.get(16)?.addEventListener('message', (event) => sent.push((event as MessageEvent<string>).data));
    for (let number = 1; number <= 100; number++) a.channels.say(saying(number));
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(sent).toHaveLength(32);
    prove(b);
    for (let turn = 0; turn < 20; turn++) await settle();
    expect(sent.length).toBeGreaterThan(32);
    const { a: c, pair: other } = twoSides();
    prove(c);
    const long: string[] = [];
    other.two.channels.get(16)?.addEventListener('message', (event) => long.push((event as MessageEvent<string>).data));
    for (let number = 1; number <= 20; number++) c.channels.say(saying(number, 'x'.repeat(10_000)));
    for (let turn = 0; turn < 10; turn++) await settle();
    expect(long).toHaveLength(6);
  });

  it('says again what was not acknowledged for ten seconds', async () => {
    const sent: string[] = [];
    const { a: c, b: d, pair: other } = twoSides();
    prove(c);
    other.two.channels.get(16)?.addEventListener('message', (event) => sent.push((event as MessageEvent<string>).data));
    c.channels.say(saying(1));
    await settle();
    await c.clock.advance(10_000);
    await settle();
    expect(sent).toHaveLength(2);
    prove(d);
    await settle();
    expect([d.said, c.arrived.length]).toEqual([['1'], 1]);
  });
});

test('a channel with a bound takes no more while a slow network holds it back; chat and files have none (M7)', async () => {
  const pair = new FakeConnectionPair();
  const quiet = { onMessage: () => undefined, onUp: () => undefined, onDown: () => undefined };
  const bounded = new NegotiatedChannel(pair.one, 'mesh', quiet, 0, 1_000);
  const chat = new NegotiatedChannel(pair.one, 'chat', quiet);
  for (const name of ['mesh', 'chat'] as const) new NegotiatedChannel(pair.two, name, quiet);
  pair.connect();
  bounded.prove();
  chat.prove();
  pair.isHeld = true;
  const word = 'x'.repeat(400);
  expect([1, 2, 3].map(() => bounded.send(word))).toEqual([true, true, false]);
  expect([1, 2, 3].map(() => chat.send(word))).toEqual([true, true, true]);
  pair.isHeld = false;
  await until(() => bounded.waiting === 0, { what: 'the channel is empty' });
  expect(bounded.send(word)).toBe(true);
});
