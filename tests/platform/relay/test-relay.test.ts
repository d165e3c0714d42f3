// The "test this relay" button against real relays and every way to fail; and `npm run relay` itself.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { startMqttRelay, startNostrRelay } from '../../../scripts/local-relays.mjs';
import { testRelay } from '../../../src/platform/relay/test-relay.ts';
import { type LyingRelay, startLyingNostrRelay } from '../../support/lying-nostr-relay.ts';
import { fastClock, relayDeps } from '../../support/relay-deps.ts';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function kept<Thing extends { close(): unknown }>(thing: Thing): Thing {
  cleanups.push(() => thing.close());
  return thing;
}

describe('testRelay', () => {
  it('reports a Nostr relay that works, with what it says about itself', async () => {
    const relay = kept(await startNostrRelay());
    expect(await testRelay(relay.url, relayDeps())).toEqual({
      url: relay.url,
      dialect: 'nostr',
      roundTripMs: expect.any(Number),
      acked: true,
      nip11: { name: 'FreeFlow Connect local relay', maxMessageLength: 4 * 1024 * 1024 },
    });
    expect(relay.received()).toBe(1);
  });

  it('reports an MQTT broker that works', async () => {
    const relay = kept(await startMqttRelay());
    const report = await testRelay(relay.url, relayDeps());
    expect(report).toEqual({ url: relay.url, dialect: 'mqtt', roundTripMs: expect.any(Number), acked: true });
  });

  it('leaves no connection behind', async () => {
    const relay = kept(await startMqttRelay());
    await testRelay(relay.url, relayDeps());
    await expect.poll(() => relay.connections()).toBe(0);
  });

  it.each(['https://x.example', 'ws://x.example', 'a b'])('calls %s a bad address', async (url) => {
    expect(await testRelay(url, relayDeps())).toEqual({ url, failed: 'bad-address' });
  });

  it('says that nobody is there', async () => {
    const relay = await startMqttRelay();
    await relay.close();
    expect(await testRelay(relay.url, relayDeps())).toEqual({ url: relay.url, failed: 'unreachable' });
  });

  it('says that a broker wants a login', async () => {
    const relay = kept(await startMqttRelay({ login: { user: 'u', password: 'p' } }));
    expect(await testRelay(relay.url, relayDeps())).toEqual({ url: relay.url, failed: 'needs-login' });
  });

  it.each<[string, string, LyingRelay['answer']]>([
    ['needs-login', 'restricted', (m) => (m[0] === 'REQ' ? [['CLOSED', m[1], 'restricted: members']] : undefined)],
    [
      'refused',
      'blocked',
      (m) => (m[0] === 'EVENT' ? [['OK', (m[1] as { id: string }).id, false, 'blocked: no']] : undefined),
    ],
    [
      'clock-wrong',
      'expired',
      (m) =>
        m[0] === 'EVENT' ? [['OK', (m[1] as { id: string }).id, false, 'invalid: ephemeral event expired']] : undefined,
    ],
    ['no-echo', 'taken, not delivered', () => undefined],
  ])('says %s when the relay answers: %s', async (failed, _words, answer) => {
    const liar = kept(await startLyingNostrRelay());
    liar.answer = answer;
    // The waiting for the echo is shortened: 10 s become 0.2 s.
    const clock = fastClock(50);
    const url = `nostr+${liar.url}`;
    expect(await testRelay(url, relayDeps({ clock }))).toEqual({ url, failed });
  });
});

describe('npm run relay', () => {
  const script = new URL('../../../scripts/relay.mjs', import.meta.url).pathname;

  it('prints the address of a relay that works, and ends on a signal', async () => {
    const child = spawn(process.execPath, [script, '--port', '0', '--kind', 'nostr']);
    cleanups.push(() => child.kill('SIGKILL'));
    const [printed] = (await once(child.stdout, 'data')) as [Buffer];
    const url = /ws:\/\/127\.0\.0\.1:\d+\//.exec(printed.toString())?.[0] ?? '';
    expect(await testRelay(url, relayDeps())).toMatchObject({ dialect: 'nostr', acked: true });
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['a taken port', (port: string) => ['--port', port], /Port \d+ is taken/],
    ['an unknown kind', () => ['--kind', 'pigeon'], /no relay of kind "pigeon"/],
    ['a port that is none', () => ['--port', '99999'], /"99999" is no port/],
    ['an unknown option', () => ['--colour', 'red'], /Usage/],
  ])('says what is wrong with %s', async (_case, args, words) => {
    const relay = kept(await startMqttRelay());
    const child = spawn(process.execPath, [script, ...args(new URL(relay.url).port)]);
    let errors = '';
    child.stderr.on('data', (chunk) => {
      errors += chunk;
    });
    expect(await once(child, 'close')).toEqual([1, null]);
    expect(errors).toMatch(words);
    expect(errors).not.toMatch(/at .*\.mjs/);
  });
});
