// What lets members meet while this page is open: relays, links and the rooms on them, over the browser's own. Loaded once a room is there for
// which the person has allowed it; one page of this browser does it at a time.
import { toBase64url, utf8 } from '../../core/base/bytes.ts';
import type { Settings } from '../../core/data/settings.ts';
import { ContactInboxMaker } from '../../core/identity/inboxes.ts';
import { addressHiding } from '../../core/network/hidden-address.ts';
import { askableServers } from '../../core/network/ice-server.ts';
import { prepareMaterial } from '../../link/connection/call-material.ts';
import { DataConnection } from '../../link/connection/data-connection.ts';
import { OpenRooms } from '../../link/members/open-rooms.ts';
import { SimplePeerLink } from '../../link/proven/simple-peer-link.ts';
import type { RoomTools } from '../../link/rooms/living-room.ts';
import { MeetingChannels } from '../../link/rooms/meeting-channel.ts';
import { RoomMeetings } from '../../link/rooms/room-meetings.ts';
import type { RoomShelf } from '../../link/rooms/room-shelf.ts';
import type { OwnIdentity } from '../../platform/crypto/own-identity.ts';
import { linkRelays } from '../../platform/crypto/own-link.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { readyServers } from '../../platform/crypto/turn-password.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { openRelayPool, openRelaysOf } from '../../platform/relay/open-relay-pool.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import { type Database, onStoreChanged } from '../../platform/store/database.ts';
import { onRoomChanged } from '../../platform/store/room-store.ts';
import { SettingsStore } from '../../platform/store/settings-store.ts';
import { systemClock } from '../../platform/system-clock.ts';
import type { MeetingState } from './meeting-state.ts';

export interface PageMeetingParts {
  readonly identity: OwnIdentity;
  readonly database: Database;
  readonly shelf: RoomShelf;
  readonly tools: RoomTools;
  readonly onState: (state: MeetingState) => void;
}

function hindranceIn(settings: Pick<Settings, 'relays' | 'hideAddress' | 'iceServers'>): MeetingState['hindrance'] {
  if (settings.relays.length === 0) return 'relays';
  return addressHiding(settings, {}) === 'impossible' ? 'hidden' : undefined;
}

/** Listens from now on, and asks the members of a room that is shown. */
async function begin({ identity, database, shelf, tools, onState }: PageMeetingParts): Promise<OpenRooms> {
  const { fault } = tools;
  const contacts = new ContactStore(database);
  const settings = new SettingsStore(database);
  let linked: ReadonlySet<string> = new Set();
  const tell = async () => onState({ linked, hindrance: hindranceIn(await settings.read()) });
  await tell();
  const sealer = new WebCryptoSealer();
  const { signer, opener } = ownPorts(identity);
  const isContact = async (id: string) => (await contacts.get(id))?.blocked === false;
  const meetings = new RoomMeetings({ shelf, tools, mayInvite: isContact });
  onRoomChanged(() => void meetings.roomsChanged().catch((error: unknown) => fault('rooms on links', error)));
  const shared = await new ContactInboxMaker(sealer, signer).padding();
  const open = await OpenRooms.begin({
    shelf,
    world: {
      sealer,
      clock: systemClock,
      signer,
      opener,
      dev: toBase64url(identity.dev),
      prepareMaterial: async (relayOnly) => {
        const { iceServers } = await settings.read();
        const servers = await readyServers(askableServers(iceServers, relayOnly), systemClock.now());
        return prepareMaterial(sealer, { servers, relayOnly }, DataConnection);
      },
      openLink: (connection, opening, events) =>
        new SimplePeerLink({ connection, opening, sealer, clock: systemClock, events }),
      channels: new MeetingChannels(
        async () => meetings,
        (error) => fault('rooms of a link', error),
      ),
    },
    // Apart from the ones of the background, which relays see beside them.
    padding: await sealer.hkdfSha256(shared, new Uint8Array(0), utf8('ffc/1 unused topics of rooms'), 32),
    openPools: (own, others) => [
      openRelayPool(own, settings),
      ...(others.length > 0 ? [openRelaysOf({ relays: others }, own, settings)] : []),
    ],
    toldRelays: linkRelays,
    contact: (id) => contacts.get(id),
    settings: () => settings.read(),
    onLinked: (members) => {
      linked = members;
      void tell();
    },
    fault,
  });
  onStoreChanged((store) => {
    if (store !== 'settings' && store !== 'contacts') return;
    void tell();
    void open.lookAgain();
  });
  onRoomChanged((_room, packs) => void (packs.length === 0 && open.lookAgain()));
  addEventListener('online', () => void open.networkChanged());
  addEventListener('pagehide', () => open.close());
  return open;
}

/** One page of this browser meets members at a time: another one waits until that is gone. Calls back when it is this one's turn. */
export async function openPageMeeting(
  parts: PageMeetingParts,
  onTurn: (meeting: Pick<OpenRooms, 'show'>) => void,
): Promise<void> {
  const meet = async () => {
    onTurn(await begin(parts));
    await new Promise(() => undefined);
  };
  const lock = 'freeflow-connect/rooms meet';
  await navigator.locks.request(lock, { ifAvailable: true }, async (free) => {
    if (free) await meet();
  });
  parts.onState({ linked: new Set(), hindrance: 'elsewhere' });
  await navigator.locks.request(lock, meet);
}
