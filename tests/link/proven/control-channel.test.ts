// The channel of control messages: what it lets through, and what it leaves unread.
import { beforeEach, describe, expect, test } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { controlLimits } from '../../../src/core/signaling/control-message.ts';
import { ControlChannel } from '../../../src/link/proven/control-channel.ts';
import { FakeConnection } from '../../support/doubles/fake-connection.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';

let clock: ManualClock;
let heard: string[];
let opened: number;
let channel: ControlChannel;
let wire: FakeConnection['channel'];
const asChannel = (one: FakeConnection['channel']) => one as unknown as RTCDataChannel;

beforeEach(() => {
  clock = new ManualClock(0);
  [heard, opened] = [[], 0];
  channel = new ControlChannel({
    clock,
    onOpen: () => {
      opened += 1;
    },
    onHeard: (one) => heard.push('word' in one ? one.word.t : one.message.t),
  });
  wire = new FakeConnection('').channel;
});

describe('what the other side says', () => {
  beforeEach(() => {
    channel.follow(asChannel(wire));
    wire.open();
  });

  // Seen to fail with bytes decoded as text.
  test('in bytes is not read as text (F10)', () => {
    const bye = '{"t":"bye","why":"hung-up"}';
    wire.receive(utf8(bye).buffer);
    expect(heard).toEqual([]);
    wire.receive(bye);
    expect(heard).toEqual(['bye']);
  });

  // Seen to fail without the budget.
  test.each([
    ['words', 20_000, '{"t":"view","w":1,"h":1}', controlLimits.words.atOnce],
    ['characters', 200, `{"t":"view","w":1,"h":1}${' '.repeat(20_000)}`, 19],
    ['words that nobody knows', 20_000, '{"t":"later"}', controlLimits.words.atOnce],
  ])('beyond its budget of %s is not looked at, and later words are heard again (F2)', async (_, count, text, most) => {
    for (let i = 0; i < count; i += 1) wire.receive(text);
    expect(heard).toHaveLength(most);
    await clock.advance(1_000);
    wire.receive('{"t":"view","w":1,"h":1}');
    expect(heard).toHaveLength(most + 1);
  });

  test('after the end is not heard, and nothing is said', () => {
    expect(channel.send({ t: 'heard' })).toBe(true);
    channel.stop();
    wire.receive('{"t":"heard"}');
    expect(heard).toEqual([]);
    expect(channel.send({ t: 'bye', why: 'hung-up' })).toBe(false);
    expect(wire.sent).toEqual(['{"t":"heard"}']);
  });
});

describe('a channel', () => {
  test('says nothing before it is open, and tells once that it is', () => {
    channel.follow(asChannel(wire));
    expect([channel.send({ t: 'heard' }), opened]).toEqual([false, 0]);
    wire.open();
    wire.open();
    expect([channel.send({ t: 'heard' }), opened]).toEqual([true, 1]);
  });

  test('of another name, or a second one, is not listened to', () => {
    const [other, second] = [new FakeConnection('').channel, new FakeConnection('').channel];
    Object.defineProperty(other, 'label', { value: 'chat' });
    for (const one of [other, wire, second]) {
      channel.follow(asChannel(one));
      one.open();
      one.receive('{"t":"heard"}');
    }
    expect([heard, opened]).toEqual([['heard'], 1]);
  });
});
