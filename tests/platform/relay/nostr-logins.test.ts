// The Nostr dialect against a relay that asks for logins.
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/core/base/bytes.ts';
import { until } from '../../support/runner/condition.ts';
import { clock, connect, liar, pool, topic, up } from '../../support/worlds/lied-to-pool.ts';

describe('Logins (NIP-42)', () => {
  const demand = 'auth-required: who are you';

  /** Wants one login; `verdict` is its answer to it. */
  function demandLogin(verdict: boolean): void {
    let isIn = false;
    liar.answer = (message) => {
      const id = String((message[1] as { id?: string }).id ?? message[1]);
      if (message[0] === 'AUTH') {
        isIn = verdict;
        return [['OK', id, verdict, verdict ? '' : 'restricted: unknown']];
      }
      if (isIn || message[0] === 'CLOSE') return undefined;
      const refusal = message[0] === 'REQ' ? ['CLOSED', id, demand] : ['OK', id, false, demand];
      return [refusal, ['AUTH', 'challenge-1']];
    };
  }

  it('are answered by a throw-away key, then the subscription is repeated', async () => {
    demandLogin(true);
    connect();
    await up();
    await pool.publish(topic, utf8('x'), 10);
    const [login, ...others] = liar.messages
      .filter(([word]) => word === 'AUTH')
      .map((message) => message[1] as { pubkey: string });
    expect(others).toHaveLength(0);
    expect(login).toMatchObject({
      kind: 22242,
      content: '',
      tags: [
        ['relay', liar.url],
        ['challenge', 'challenge-1'],
      ],
    });
    const event = liar.messages.find(([word]) => word === 'EVENT')?.[1] as { pubkey: string };
    expect(event.pubkey).not.toBe(login?.pubkey);
  });

  it('that are demanded only for events repeat the event', async () => {
    let isIn = false;
    liar.answer = (message) => {
      const id = (message[1] as { id?: string }).id;
      if (message[0] === 'AUTH') isIn = true;
      if (message[0] === 'AUTH') return [['OK', id, true, '']];
      return message[0] === 'EVENT' && !isIn
        ? [
            ['AUTH', 'c'],
            ['OK', id, false, demand],
          ]
        : undefined;
    };
    connect();
    await pool.publish(topic, utf8('x'), 10);
    const ids = liar.messages.filter(([word]) => word === 'EVENT').map((message) => (message[1] as { id: string }).id);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
  });

  it('that are refused take the relay down', async () => {
    demandLogin(false);
    connect();
    await until(() => pool.states()[0]?.phase === 'down', { what: 'down' });
    expect(pool.states()[0]?.reason).toBe('needs-login');
  });

  it('that are demanded without a challenge take the relay down after 5 s', async () => {
    liar.answer = (message) => (message[0] === 'REQ' ? [['CLOSED', message[1], demand]] : undefined);
    connect();
    await until(() => liar.messages.length > 0, { what: 'the subscription' });
    await until(
      async () => {
        await clock.advance(1_000);
        return pool.states()[0]?.phase === 'down';
      },
      { what: 'down' },
    );
    expect(pool.states()[0]?.reason).toBe('needs-login');
  });

  it('that are offered and refused do no harm when nothing needs them', async () => {
    liar.answer = (message) => {
      if (message[0] === 'AUTH') return [['OK', (message[1] as { id: string }).id, false, 'restricted: no']];
      return message[0] === 'REQ'
        ? [
            ['AUTH', 'c'],
            ['EOSE', message[1]],
          ]
        : undefined;
    };
    connect();
    await up();
    await pool.publish(topic, utf8('x'), 10);
    await until(() => liar.messages.some(([word]) => word === 'AUTH'), { what: 'the login' });
    expect(pool.states()[0]?.phase).toBe('up');
  });

  it('that are demanded without end are answered three times', async () => {
    liar.answer = (message) =>
      message[0] === 'AUTH'
        ? [
            ['OK', (message[1] as { id: string }).id, true, ''],
            ['AUTH', 'again'],
          ]
        : undefined;
    connect();
    await up();
    liar.broadcast(['AUTH', 'first']);
    await until(() => liar.messages.filter(([word]) => word === 'AUTH').length === 3, { what: 'three logins' });
    await pool.publish(topic, utf8('x'), 10);
    await pool.publish(topic, utf8('y'), 10);
    expect(liar.messages.filter(([word]) => word === 'AUTH')).toHaveLength(3);
  });
});
