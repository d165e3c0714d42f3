// What the calls of a page live on: who calls, what is kept, how others are reached. One composition root brings the extension as such a
// world (extension-world.ts); another may bring one that keeps nothing and has no background. The calls know no other.

import type { FindOutOptions } from '../../connectivity/find-out.ts';
import type { Bytes } from '../../core/base/bytes.ts';
import type { Clock, Opener, RelayPool, Sealer, Signer } from '../../core/base/ports.ts';
import type { BackgroundRequests, RequestName, SessionView } from '../../core/call/requests.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { KeptDoor } from '../../core/identity/kept-door.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import type { CallConnection } from '../../link/connection/call-connection.ts';
import type { IceChoice, PreparedMaterial } from '../../link/connection/call-material.ts';
import type { MessageWays } from '../../link/messages/message-ways.ts';
import type { LinkEvents, LinkOpening, RawLink } from '../../link/proven/raw-link.ts';
import type { LinkedRooms } from '../../link/rooms/meeting-channel.ts';
import type { CallMeetingOf, RoomMeetings } from '../../link/rooms/room-meetings.ts';
import type { RoomShelf } from '../../link/rooms/room-shelf.ts';
import type { Logger } from '../../platform/logger.ts';
import type { ContactStore } from '../../platform/store/contact-store.ts';
import type { HistoryStore } from '../../platform/store/history-store.ts';
import type { SettingsStore } from '../../platform/store/settings-store.ts';
import type { TonePlayer } from '../../ui/sound/tone-player.ts';
import type { EffectSource } from '../devices/effect-ports.ts';
import type { PageActions } from '../model/person-model.ts';
import type { OwnPortraits } from './own-portraits.ts';

/** Who calls from this page. */
export interface OwnPerson {
  readonly name: string;
  /** 8 random bytes that tell this device from others with the same words (docs/protocol.md#signals). */
  readonly dev: Bytes;
  /** With the Ed25519 and the X25519 key that others know this person by. */
  readonly signer: Signer;
  readonly opener: Opener;
  /** The own contact link as it is now (docs/protocol.md#contact-link), for contacts alone; empty for whoever has none. */
  readonly contactLink: () => Promise<string>;
}

/** A link over this connection, opened in one role. */
interface LinkParts {
  readonly connection: CallConnection;
  readonly opening: LinkOpening;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly events: LinkEvents;
}

/** What carries a call: large, and not needed for the first screen. */
export interface CallCarriers {
  /** What this side brings to a call. Nothing of it leaves the browser yet. @param isSilent for words alone, without sound and pictures. */
  prepareMaterial(sealer: Sealer, ice: IceChoice | Promise<IceChoice>, isSilent?: boolean): Promise<PreparedMaterial>;
  openLink(parts: LinkParts): RawLink;
  /** Connects to the own relays at once and keeps trying. @param urls as the person gave them. */
  ownRelays(urls: readonly string[]): RelayPool;
  /** The same to where somebody else listens, as far as their relays may be asked. @param own the person's own relays. */
  relaysOf(somebody: { readonly relays: readonly string[] }, own: readonly string[]): RelayPool;
  /** Looks at the own network: asks only what it is given. */
  findOut(options: FindOutOptions): Promise<NetworkFindings>;
}

/** The rooms of this browser, for the links of a page. */
export interface CallRooms {
  readonly shelf: Pick<RoomShelf, 'invitations' | 'accept' | 'decline' | 'open'>;
  readonly meetings: LinkedRooms & Pick<RoomMeetings, 'setMeeting'>;
  /** Calls back now, and whenever rooms or invitations were changed. */
  readonly onChanged: (tell: () => void) => void;
}

/** Asks the background, which wakes up for it. Rejects when the background failed. */
type AskBackground = <Name extends RequestName>(
  name: Name,
  argument: BackgroundRequests[Name][0],
) => Promise<BackgroundRequests[Name][1]>;

/** Calls back now and after each change of one part of the background's view. @returns a function that stops it. */
export type WatchView = <Key extends keyof SessionView>(
  key: Key,
  listener: (value: SessionView[Key] | undefined) => void,
) => () => void;

export type LoadedMoves = Pick<typeof import('./own-moves.ts'), 'giveCall' | 'tellOutlook'>;

export interface CallWorld {
  /** @returns undefined while there is nobody yet who could call. */
  readonly own: () => Promise<OwnPerson | undefined>;
  readonly contacts: Pick<ContactStore, 'all' | 'get' | 'add' | 'change' | 'takeLink' | 'inboxTaken'>;
  readonly settings: Pick<SettingsStore, 'read' | 'change'>;
  /** Without one no call leaves an entry. */
  readonly history?: Pick<HistoryStore, 'put'>;
  /** Calls back whenever contacts or settings were changed somewhere else. */
  readonly onStored: (tell: () => void) => void;
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** A voice of its own for one kind of tones: it plays one at a time. */
  readonly makeTones: () => Pick<TonePlayer, 'play' | 'stop'>;
  readonly logger: Logger;
  /** Rejects when it cannot be loaded, for example because the files of another version have taken the place of ours. */
  readonly carriers: () => Promise<CallCarriers>;
  readonly page: PageActions;
  /** Calls the same people once more, on this page loaded anew. It was clicked for. */
  readonly callAgain: (contactIds: readonly string[], media: CallMedia) => Promise<void>;
  /** What hands a call over to another own device. Loaded once somebody is linked. */
  readonly moves?: () => Promise<LoadedMoves>;
  /** Takes the call of another own device over, on this page loaded anew. It was clicked for. @param dev of that device, base64url. */
  readonly bringCall?: (dev: string) => Promise<void>;
  /**
   * The rooms that are kept here. Loaded once somebody is linked; rejects as `carriers` does. @param onMeeting a member says that the call with them is a
   * meeting of a room.
   */
  readonly rooms?: (onMeeting: (meeting: CallMeetingOf) => void) => Promise<CallRooms>;
  /** Small pictures of people. Loaded once somebody is linked; without them nobody is told any. */
  readonly portraits?: () => Promise<Pick<OwnPortraits, 'own' | 'heard'>>;
  /** Messages that were left when a call was not answered. Without it there are none. */
  readonly messages?: Pick<MessageWays, 'files' | 'talk'>;
  /** The doors for later, by id; `end`: nobody can ask there any more. Without it there are none. */
  readonly doors?: {
    get(id: string): Promise<KeptDoor | undefined>;
    end(id: string): Promise<void>;
  };
  /** What writes recordings down, loaded when one begins. Without it nothing is recorded here. */
  readonly recorder?: () => Promise<Pick<typeof import('../recording/recorder.ts'), 'openRecorder'>>;
  /** Background and noise suppression. Without it devices are sent as they are. */
  readonly effects?: EffectSource;
  /** Without a background nobody rings here, nobody is told of a call that reached nobody, and nobody else lets guests in. */
  readonly request?: AskBackground;
  readonly watch?: WatchView;
  /**
   * Shows a sign of life under this name for as long as the page can be called. Resolves once everybody can see it.
   * @param onThaw it lives again, and may have been let go of meanwhile.
   */
  readonly live?: (page: string, onThaw: () => void) => Promise<void>;
}
