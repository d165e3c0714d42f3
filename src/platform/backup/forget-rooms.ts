// Everything of all rooms goes from this browser.
import { WebCryptoSealer } from '../crypto/web-crypto-sealer.ts';
import { RoomBlobs } from '../store/room-blobs.ts';
import { openRoomDatabase } from '../store/room-database.ts';
import { RoomStore } from '../store/room-store.ts';

/** What members have stays theirs. @throws what the database or the disk throws. */
export async function deleteAllRooms(): Promise<void> {
  const database = await openRoomDatabase();
  try {
    await new RoomStore(database).removeAll();
  } finally {
    database.close();
  }
  await new RoomBlobs(new WebCryptoSealer()).removeAll();
}
