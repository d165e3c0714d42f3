// Events that are made, checked by another implementation of NIP-01; reasons of refusal in the words of real relays.
import { EventUtils } from '@nostr-relay/common';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/core/base/bytes.ts';
import {
  answerChallenge,
  parseRelayMessage,
  publishFailureOf,
  refusedTimeIs,
  unwrapPayload,
  wrapPayload,
} from '../../../src/platform/relay/nostr-event.ts';
import { randomBytes, randomTopic } from '../../support/worlds/relay-deps.ts';

/** The other implementation wants mutable arrays. */
function isValid(event: object): boolean {
  return EventUtils.validate(structuredClone(event) as Parameters<typeof EventUtils.validate>[0]) === undefined;
}

describe('wrapPayload', () => {
  it('makes an ephemeral gift wrap whose id and signature another implementation accepts', async () => {
    const topic = randomTopic();
    const event = await wrapPayload(topic, randomBytes(2000), 1_800_000_000_999);
    expect(isValid(event)).toBe(true);
    expect(event).toMatchObject({ kind: 21059, created_at: 1_800_000_000, tags: [['p', topic]] });
    expect(isValid({ ...event, content: `${event.content.slice(0, -4)}AAAA` })).toBe(false);
  });

  it('never uses a key twice', async () => {
    const events = await Promise.all(Array.from({ length: 20 }, () => wrapPayload(randomTopic(), randomBytes(10), 0)));
    expect(new Set(events.map((event) => event.pubkey)).size).toBe(20);
  });
});

describe('unwrapPayload', () => {
  const topicHex = randomTopic();
  const topics = new Set([topicHex]);

  it('gives back what was wrapped', async () => {
    for (const size of [0, 1, 2, 3, 70_000]) {
      const payload = randomBytes(size);
      const found = unwrapPayload(await wrapPayload(topicHex, payload, 0), topics);
      expect(found?.topicHex).toBe(topicHex);
      expect(toHex(found?.payload ?? new Uint8Array(1))).toBe(toHex(payload));
    }
  });

  it.each([
    ['another kind', { kind: 1059 }],
    ['another topic', { tags: [['p', 'ab'.repeat(32)]] }],
    ['no topic', { tags: [] }],
    ['tags that are no lists', { tags: ['p', null, 7] }],
    ['content that is no base64', { content: 'A*==' }],
    ['content of a broken length', { content: 'AAAAA' }],
    ['content that is too long', { content: 'AAAA'.repeat(80_000) }],
    ['content that is no text', { content: 7 }],
  ])('drops an event with %s', (_case, wrong) => {
    expect(unwrapPayload({ kind: 21059, tags: [['p', topicHex]], content: 'AAAA', ...wrong }, topics)).toBeUndefined();
  });

  it('drops what is no event', () => {
    for (const thing of [null, undefined, 7, 'text', []]) expect(unwrapPayload(thing, topics)).toBeUndefined();
  });
});

describe('answerChallenge', () => {
  it('answers by a throw-away key with relay and challenge (NIP-42)', async () => {
    const event = await answerChallenge('abc', 'wss://relay.example/', Date.now());
    expect(EventUtils.isSignedEventValid(structuredClone(event) as never, 'abc', 'relay.example')).toBeUndefined();
  });
});

describe('parseRelayMessage', () => {
  it.each(['', '{}', '[', '[]', '[7]', 'null', '[null,"EOSE"]', `${'['.repeat(100_000)}`])('drops %.20s', (text) => {
    expect(parseRelayMessage(text)).toBeUndefined();
  });
});

describe('publishFailureOf', () => {
  it.each([
    ['rate-limited: slow down there chief', 'rate-limited'],
    ['auth-required: we only accept events from registered users', 'needs-login'],
    ['restricted: not allowed to write', 'needs-login'],
    ['pow: difficulty 26 is needed', 'refused'],
    ['blocked: you are banned, too late', 'refused'],
    ['mute: no one was listening to your ephemeral event', 'refused'],
    ['invalid: ephemeral event expired', 'clock-wrong'],
    ['invalid: created_at too late', 'clock-wrong'],
    ['invalid: event creation date is too far off from the current time', 'clock-wrong'],
    ['invalid: the event is too old', 'clock-wrong'],
    ['invalid: event too large: 70000', 'too-large'],
    ['invalid: content must be less than or equal to 102400 chars', 'too-large'],
    ['invalid: bad signature', 'refused'],
    ['error: could not connect to the database', 'in-trouble'],
    ['error: rate limit exceeded', 'rate-limited'],
    ['you are noting too much', 'rate-limited'],
    ['error: internal error', 'in-trouble'],
    ['invalid: temporary keys are not welcome', 'refused'],
    ['blocked: too many events', 'refused'],
    ['pow: slow down', 'refused'],
    ['', 'refused'],
  ])('"%s" means %s', (reason, failure) => {
    expect(publishFailureOf(reason)).toBe(failure);
  });
});

describe('refusedTimeIs', () => {
  it.each([
    ['invalid: ephemeral event expired', 'old'],
    ['invalid: created_at too early', 'old'],
    ['invalid: created_at too late', 'new'],
    ['invalid: event creation date is too far in the future', 'new'],
    ['invalid: created_at is in the past', 'old'],
    ['invalid: created_at is too far from the current time', undefined],
    ['invalid: too old or too far in the future', undefined],
  ])('"%s" finds it %s', (reason, is) => {
    expect(refusedTimeIs(reason)).toBe(is);
  });
});
