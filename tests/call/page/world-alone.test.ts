// A page without an extension around it: no background, no history. What a call asks of them is answered all the same.
import { expect, test, vi } from 'vitest';
import type { CallWorld } from '../../../src/call/page/call-world.ts';
import { PageSupplies, type SuppliesParts } from '../../../src/call/page/page-supplies.ts';
import { defaultSettings } from '../../../src/core/data/settings.ts';

const entry = { callId: 'call', contactId: 'bob', contactName: 'Bob', direction: 'outgoing', media: 'video' } as const;
const finished = { ...entry, at: 1, durationMs: 0, reason: 'unreachable' } as const;

/** What one call gets, and what it asked of the background and wrote down. */
function supplies(around: 'extension' | 'nothing') {
  const request = vi.fn(async () => ({ answered: false, declined: true }));
  const put = vi.fn(async (_entry: unknown) => undefined);
  const world = {
    settings: { read: async () => defaultSettings },
    ...(around === 'extension' && { request, history: { put } }),
  } as unknown as CallWorld;
  const parts = {
    world,
    contact: { id: 'bob' },
    settings: defaultSettings,
    people: { namesBeside: () => [] },
    recorded: () => [{ by: 'Bob', ms: 60_000, yes: true }],
  };
  return { made: new PageSupplies({ ...parts, route: 'relays' } as unknown as SuppliesParts), request, put };
}

test('nobody else can have taken a ring, and there is none to be declined elsewhere', async () => {
  const { made } = supplies('nothing');
  expect(await made.answerRing('call', 'video')).toBe(true);
  expect(await made.declineRing('call')).toBe(false);
  await made.forgetRing('call');
  const { made: inExtension } = supplies('extension');
  expect(await inExtension.answerRing('call', 'video')).toBe(false);
  expect(await inExtension.declineRing('call')).toBe(true);
});

test('nothing of a call is kept, and nobody is told of it later', async () => {
  for (const [around, times] of [
    ['nothing', 0],
    ['extension', 1],
  ] as const) {
    const { made, request, put } = supplies(around);
    await made.record(finished);
    made.leaveNote('call', 'video', 1);
    expect(put).toHaveBeenCalledTimes(times);
    expect(request).toHaveBeenCalledTimes(times);
  }
});

test('the history tells who has recorded a call that was answered', async () => {
  const { made, put } = supplies('extension');
  await made.record(finished);
  expect(put).toHaveBeenLastCalledWith(expect.not.objectContaining({ recorded: expect.anything() }));
  await made.record({ ...finished, reason: 'hung-up', durationMs: 60_000 });
  expect(put).toHaveBeenLastCalledWith(expect.objectContaining({ recorded: [{ by: 'Bob', ms: 60_000, yes: true }] }));
});
