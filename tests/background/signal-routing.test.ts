// Each word has one taker, by where it came in; what call pages say among themselves is nobody's here.
import { beforeEach, expect, test } from 'vitest';
import { routeSignal, type SignalTakers } from '../../src/background/signal-routing.ts';
import type { InboxKind } from '../../src/core/identity/inboxes.ts';
import type { Signal } from '../../src/core/signaling/signal.ts';

let took: string[];
let takers: SignalTakers;

beforeEach(() => {
  took = [];
  takers = {
    rings: { receive: async (from, { t }, isInbox) => void took.push(`rings ${from} ${t} ${isInbox}`) },
    knocks: { receive: async (from, { t }) => void took.push(`knocks ${from} ${t}`) },
    devices: { receive: async ({ t }) => void took.push(`devices ${t}`) },
    moves: { receive: async ({ t }) => void took.push(`moves ${t}`) },
    notes: { receive: async (from, { t }) => void took.push(`notes ${from} ${t}`) },
  };
});

const route = (t: Signal['t'], inbox: InboxKind | undefined) => routeSignal(takers, 'alice', { t } as Signal, inbox);

test.each([
  ['invite', 'link', ['rings alice invite true']],
  ['invite', 'contact', ['rings alice invite true']],
  ['invite', 'guests', ['knocks alice invite']],
  ['invite', undefined, []],
  ['alive', undefined, ['rings alice alive false']],
  ['cancel', undefined, ['rings alice cancel false']],
  ['cancel', 'guests', ['knocks alice cancel']],
  ['taken', undefined, ['rings alice taken false']],
  ['missed', 'contact', ['notes alice missed']],
  ['missed', undefined, []],
  ['answer', undefined, []],
  ['bye', 'link', []],
  ['where', 'own', ['devices where']],
  ['here', 'own', ['devices here']],
  ['known', 'own', ['devices known']],
  ['move', 'own', ['moves move']],
  ['move', 'link', []],
  ['move', 'contact', []],
  ['where', 'link', []],
  ['here', 'contact', []],
  ['known', undefined, []],
  ['invite', 'own', []],
  ['taken', 'own', []],
  ['cancel', 'own', []],
] as const)('signal routing: %s at %s', async (word, inbox, taken) => {
  await route(word, inbox);
  expect(took).toEqual(taken);
});

test('signal routing: who takes it and fails is heard of', async () => {
  const failing = { ...takers, knocks: { receive: () => Promise.reject(new Error('full')) } };
  await expect(routeSignal(failing, 'alice', { t: 'invite' } as Signal, 'guests')).rejects.toThrow('full');
});
