// Calls that cross: which own call another one from the same person meets, and which of the two goes on.
import { expect, test } from 'vitest';
import { crossingOf } from '../../../src/background/rings/crossing.ts';
import type { HeldCall } from '../../../src/core/call/requests.ts';
import type { RingCall } from '../../../src/core/call/ring-machine.ts';

const held: HeldCall = {
  callId: 'BBBB',
  contactId: 'bob',
  contactName: 'Bob',
  direction: 'outgoing',
  linked: false,
  page: 'one',
  tabId: 1,
};
const from = (contactId: string, callId = 'AAAA') => ({ contactId, callId }) as RingCall;

test('an own call that nobody has answered is crossed by one of the same person', () => {
  expect(crossingOf([held], from('bob'))).toMatchObject({ outgoingId: 'BBBB' });
  const survivors = ['AAAA', 'CCCC'].map((callId) => crossingOf([held], from('bob', callId))?.survivor);
  expect([...survivors].sort()).toEqual(['incoming', 'outgoing']);
});

test('no other is: not one of somebody else, one that is agreed on, one that came in, or none', () => {
  expect(crossingOf([held], from('carol'))).toBeUndefined();
  expect(crossingOf([{ ...held, linked: true }], from('bob'))).toBeUndefined();
  expect(crossingOf([{ ...held, direction: 'incoming' }], from('bob'))).toBeUndefined();
  expect(crossingOf([], from('bob'))).toBeUndefined();
});
