// The rooms of this browser on the links of a page: apart from the shelf, because a page that only shows rooms needs none of it.
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { onRoomChanged } from '../../platform/store/room-store.ts';
import type { RoomTools } from './living-room.ts';
import { openOwnShelf } from './own-shelf.ts';
import { type MeetingParts, RoomMeetings } from './room-meetings.ts';
import type { RoomShelf } from './room-shelf.ts';

/** The rooms of this browser on the links of one page. @throws as `openRoomDatabase` does. */
export async function openOwnMeetings(
  identity: Pick<OwnIdentity, 'keys' | 'name'>,
  mayInvite: MeetingParts['mayInvite'],
  onMeeting: NonNullable<MeetingParts['onMeeting']>,
  fault: RoomTools['fault'],
): Promise<{
  readonly shelf: RoomShelf;
  readonly meetings: RoomMeetings;
  readonly onChanged: (tell: () => void) => void;
}> {
  const { shelf, tools } = await openOwnShelf(identity, fault);
  const meetings = new RoomMeetings({ shelf, tools, mayInvite, onMeeting });
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
