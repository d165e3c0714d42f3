// The shelf of the person whose browser this is, over the browser's own database, keys and locks.
import { toBase64url } from '../../core/base/bytes.ts';
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { RoomBlobs } from '../../platform/store/room-blobs.ts';
import { openRoomDatabase } from '../../platform/store/room-database.ts';
import { RoomStore } from '../../platform/store/room-store.ts';
import { systemClock } from '../../platform/system-clock.ts';
import type { RoomTools } from './living-room.ts';
import { RoomShelf } from './room-shelf.ts';

/** @throws as `openRoomDatabase` does. */
export async function openOwnShelf(
  identity: Pick<OwnIdentity, 'keys' | 'name'>,
  fault: RoomTools['fault'],
): Promise<{ readonly shelf: RoomShelf; readonly tools: RoomTools }> {
  const sealer = new WebCryptoSealer();
  const tools: RoomTools = {
    store: new RoomStore(await openRoomDatabase()),
    blobs: new RoomBlobs(sealer),
    sealer,
    signer: ownPorts(identity).signer,
    clock: systemClock,
    alone: (name, run) => navigator.locks.request(name, run),
    fault,
  };
  const x = toBase64url(identity.keys.x25519Public);
  return { tools, shelf: new RoomShelf(tools, { name: identity.name, x }) };
}
