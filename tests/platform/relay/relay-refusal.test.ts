// A relay that is connected and does not take our messages: people see which one, and why (protocol E.43).
import { expect, it } from 'vitest';
import { WebSocketRelayPool } from '../../../src/platform/relay/relay-pool.ts';
import { afterThisTest } from '../../support/cleanups.ts';
import { until } from '../../support/condition.ts';
import { startLyingNostrRelay } from '../../support/lying-nostr-relay.ts';
import { randomTopic, relayDeps } from '../../support/relay-deps.ts';

// Seen to fail with the refusal not kept, and with it kept after a message was taken.
it('is shown with its reason until it takes a message again (E.43)', async () => {
  const relay = await startLyingNostrRelay();
  afterThisTest(() => relay.close());
  const pool = new WebSocketRelayPool({ ...relayDeps(), urls: [relay.url] });
  afterThisTest(() => pool.close());
  await until(() => pool.states()[0]?.phase === 'up', { what: 'the relay to be up' });
  let word = 'rate-limited: slow down';
  relay.answer = ([kind, event]) =>
    kind === 'EVENT' && word ? [['OK', (event as { id: string }).id, false, word]] : undefined;
  const send = () => pool.publish(randomTopic(), new Uint8Array(64), 5).catch(() => undefined);
  await send();
  expect(pool.states()[0]).toMatchObject({ phase: 'up', refusal: 'rate-limited' });
  word = 'blocked: not here';
  await send();
  expect(pool.states()[0]).toMatchObject({ phase: 'up', refusal: 'refused' });
  word = '';
  await send();
  expect(pool.states()[0]).not.toHaveProperty('refusal');
});
