// That a call is a meeting of a room, told over the channel of rooms: to members alone, and once.
import { expect, test } from 'vitest';
import { copyOf, RoomLink } from '../../support/worlds/room-link.ts';
import { signedRooms } from '../../support/worlds/signed-room.ts';

// Seen to fail with either condition of wordsBeside taken out (scripts/mutations.json, "room").
test('rooms: a meeting is told to members, once, and to nobody who was shown out meanwhile', async () => {
  const [alice, bob] = await signedRooms(2);
  if (!alice || !bob) throw new Error('two are wanted');
  const link = new RoomLink();
  let [isMember, isMeeting] = [true, false];
  const heard: unknown[] = [];
  const meeting = 'A'.repeat(43);
  const copy = { ...copyOf(alice, bob, () => isMember), meeting: () => (isMeeting ? { meeting } : undefined) };
  await link.a.exchange.setRooms([copy]);
  await link.b.exchange.setRooms([{ ...copyOf(bob, alice), onMeeting: (said?: string) => void heard.push(said) }]);
  await link.pass();
  const look = async () => {
    link.a.exchange.changed(alice.room);
    await link.clock.advance(200);
    await link.pass();
  };
  [isMember, isMeeting] = [false, true];
  await look();
  expect(heard).toEqual([]);
  isMember = true;
  await look();
  await look();
  expect(heard).toEqual([meeting]);
});
