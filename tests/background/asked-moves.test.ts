// Another own device asks for the call that goes on here: whose asking reaches the page, and which does not (docs/hostile-cases.md#e107).
import { beforeEach, expect, test } from 'vitest';
import { AskedMoves } from '../../src/background/devices/asked-moves.ts';
import type { AskedMove, HeldCall } from '../../src/core/call/requests.ts';
import type { SignalOf } from '../../src/core/signaling/signal.ts';

const now = 1_800_000_000_000;
const key = 'CQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
const move: SignalOf<'move'> = {
  ...{ v: 1, t: 'move', id: 'this one', dev: 'phone', to: 'desk', n: 1, ts: now, exp: now + 60_000 },
  ...{ st: key, ek: key, cm: key },
};
const call: HeldCall = {
  ...{ callId: 'call', contactId: 'bob', contactName: 'Bob', direction: 'outgoing' as const },
  ...{ linked: true, page: 'page', tabId: 1 },
};

let told: AskedMove[];
let held: HeldCall[];
let moves: AskedMoves;

beforeEach(() => {
  told = [];
  held = [call];
  moves = new AskedMoves({
    clock: { now: () => now },
    ownDev: 'desk',
    heldCalls: async () => held,
    tell: async (asked) => void told.push(asked),
  });
});

test('the page of the call that goes on is told, once', async () => {
  // Seen to fail without the memory of what was told.
  for (let i = 0; i < 3; i++) await moves.receive(move);
  await moves.receive({ ...move, id: 'another' });
  expect(told.map(({ callId, callerDev, page }) => [callId, callerDev, page])).toEqual([
    ['this one', 'phone', 'page'],
    ['another', 'phone', 'page'],
  ]);
});

test.each<[string, Partial<SignalOf<'move'>>]>([
  // Each seen to fail with its check taken out.
  ['one that is meant for another device', { to: 'sofa' }],
  ['one of this device itself', { dev: 'desk' }],
  ['one of yesterday', { exp: now - 86_400_000 }],
  ['one that is good for ever', { exp: now + 86_400_000 }],
])('nobody is told of %s', async (_what, change) => {
  await moves.receive({ ...move, ...change });
  expect(told).toEqual([]);
});

test('nobody is told while no call is up here', async () => {
  held = [];
  await moves.receive(move);
  held = [{ ...call, linked: false }];
  await moves.receive(move);
  expect(told).toEqual([]);
  held = [call];
  await moves.receive(move);
  expect(told).toHaveLength(1);
});
