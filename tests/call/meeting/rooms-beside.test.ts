// When a call that is a meeting of a room counts as held.
// What is loaded late is here before the tests begin: a slow machine takes its time for it.
import '../../../src/call/meeting/meeting-session.ts';
import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { emptyGroupModel, type Participant, type Presence } from '../../../src/call/model/group-model.ts';
import type { CallRooms } from '../../../src/call/page/call-world.ts';
import { RoomsBeside } from '../../../src/call/page/rooms-beside.ts';
import type { EntryBody } from '../../../src/core/room/entry-body.ts';

beforeEach(() => vi.stubGlobal('innerWidth', 1_280));
afterEach(() => vi.unstubAllGlobals());

const idOf = (digit: string) => digit.repeat(64);

function person(id: string) {
  const presence = signal<Presence>('in');
  const phase = signal<{ readonly phase: string }>({ phase: 'connected' });
  return { presence, phase, participant: { id, presence, model: { phase } } as unknown as Participant };
}

/** A meeting that the person here has begun, and what it has written into the room. */
async function begun(...people: readonly Participant[]) {
  const written: EntryBody[] = [];
  const room = {
    name: 'room',
    self: 'self',
    canWrite: true,
    isMember: () => true,
    onNews: () => () => undefined,
    view: { show: () => ({ meetings: [], items: [] }) },
    write: async (bodies: () => readonly EntryBody[]) => void written.push(...bodies()),
  };
  const rooms = {
    shelf: { open: async () => room, invitations: async () => [] },
    meetings: { setMeeting: () => undefined },
    onChanged: () => undefined,
  };
  const model = emptyGroupModel();
  model.participants.value = people;
  const beside = new RoomsBeside({
    load: async () => rooms as unknown as CallRooms,
    model,
    contacts: { all: async () => [], get: async () => undefined },
    ownName: 'Alice',
    begun: { room: 'room' },
    clock: { now: () => 5_000 },
    fault: (_what, error) => {
      throw error;
    },
  });
  beside.prove(idOf('b'), new Uint8Array(32));
  await vi.waitFor(() => expect(model.meeting.value).toBeDefined());
  return written;
}

test.each(['unreachable', 'left'] as const)(
  'meeting: is held when the call ends here, the other one %s',
  async (how) => {
    const bob = person(idOf('b'));
    const written = await begun(bob.participant);
    expect(written).toEqual([]);
    bob.phase.value = { phase: 'ended' };
    bob.presence.value = how;
    await vi.waitFor(() => expect(written).toHaveLength(1));
    expect(written[0]).toMatchObject({ k: 'met', began: 5_000, ended: 5_000 });
  },
);

test('meeting: goes on while one of them is in the call, be it by a detour', async () => {
  const [bob, carol] = [person(idOf('b')), person(idOf('c'))];
  const written = await begun(bob.participant, carol.participant);
  carol.phase.value = { phase: 'ended' };
  bob.phase.value = { phase: 'ended' };
  bob.presence.value = 'left';
  await Promise.resolve();
  expect(written).toEqual([]);
  carol.presence.value = 'left';
  await vi.waitFor(() => expect(written).toHaveLength(1));
});
