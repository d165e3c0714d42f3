// Which rooms there are, for a page that opens none: their names, and how many invitations wait. Small, for it is read before anything else.
import { openRoomDatabase } from './room-database.ts';

export interface RoomList {
  readonly rooms: readonly { readonly room: string; readonly name: string }[];
  readonly invitations: number;
}

/** By name. @throws as `openRoomDatabase` does. */
export async function readRoomList(): Promise<RoomList> {
  const database = await openRoomDatabase();
  try {
    const [rooms, invitations] = await Promise.all([database.getAll('rooms'), database.getAll('invitations')]);
    return {
      rooms: rooms.map(({ room, name }) => ({ room, name })).sort((one, other) => one.name.localeCompare(other.name)),
      invitations: invitations.filter(({ isDeclined }) => !isDeclined).length,
    };
  } finally {
    database.close();
  }
}
