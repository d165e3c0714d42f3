// The shelf of the person whose browser this is, over the browser's own database, keys and locks.
import { toBase64url } from '../../core/base/bytes.ts';
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { openRoomDatabase } from '../../platform/store/room-database.ts';
import { onRoomChanged, RoomStore } from '../../platform/store/room-store.ts';
import { systemClock } from '../../platform/system-clock.ts';
import type { RoomTools } from './living-room.ts';
import { type MeetingParts, RoomMeetings } from './room-meetings.ts';
import { RoomShelf } from './room-shelf.ts';

/** The rooms of this browser on the links of one page. @throws as `openRoomDatabase` does. */
export async function openOwnMeetings(
  identity: Pick<OwnIdentity, 'keys' | 'name'>,
  mayInvite: MeetingParts['mayInvite'],
  fault: RoomTools['fault'],
): Promise<{
  readonly shelf: RoomShelf;
  readonly meetings: RoomMeetings;
  readonly onChanged: (tell: () => void) => void;
}> {
  const { shelf, tools } = await openOwnShelf(identity, fault);
  const meetings = new RoomMeetings({ shelf, tools, mayInvite });
  onRoomChanged(() => {
    meetings.roomsChanged().catch((error: unknown) => fault('rooms on links', error));
  });
  const onChanged = (tell: () => void): void => {
    onRoomChanged((_room, packs) => {
      if (packs.length === 0) tell();
    });
    tell();
  };
  return { shelf, meetings, onChanged };
}

/** @throws as `openRoomDatabase` does. */
export async function openOwnShelf(
  identity: Pick<OwnIdentity, 'keys' | 'name'>,
  fault: RoomTools['fault'],
): Promise<{ readonly shelf: RoomShelf; readonly tools: RoomTools }> {
  const tools: RoomTools = {
    store: new RoomStore(await openRoomDatabase()),
    sealer: new WebCryptoSealer(),
    signer: ownPorts(identity).signer,
    clock: systemClock,
    alone: (name, run) => navigator.locks.request(name, run),
    fault,
  };
  const x = toBase64url(identity.keys.x25519Public);
  return { tools, shelf: new RoomShelf(tools, { name: identity.name, x }) };
}
