// The door of a call page: the secret of the inbox where guests ask, the link for them, and until when both are good. Loaded when a door is
// opened, by a call that is up or by a page with nobody in it yet.
import { toBase64url, toHex } from '../../core/base/bytes.ts';
import { formatGuestLink } from '../../core/identity/contact-link.ts';
import { invitationPage, linkOnPage } from '../../core/network/own-servers.ts';
import { linkRelays } from '../../platform/crypto/own-link.ts';
import { guestServers } from '../../platform/crypto/turn-password.ts';
import type { Invitation } from '../../ui/invite/invitation.ts';
import type { DoorActions, DoorModel, DoorSpan } from '../model/door-model.ts';
import type { CallWorld, OwnPerson } from './call-world.ts';
import type { PageHold } from './page-hold.ts';

export interface LinkParts {
  readonly world: Pick<CallWorld, 'settings' | 'sealer' | 'clock'>;
  readonly own: Pick<OwnPerson, 'name' | 'signer' | 'opener'>;
}

/** What a link says beyond who we are. Times in ms since the epoch. */
interface Said {
  readonly opensAt?: number;
  readonly closesAt?: number;
  readonly title?: string;
}

/** The link to the inbox of this secret, with the words around it. */
async function guestInvitation(
  { world: { settings, sealer, clock }, own: { name, signer, opener } }: LinkParts,
  inboxSecret: Uint8Array<ArrayBuffer>,
  said: Said = {},
): Promise<Invitation> {
  const { relays, iceServers, ownServers, guestPage } = await settings.read();
  const now = clock.now();
  const servers = await guestServers(iceServers, now, toHex(sealer.randomBytes(2)));
  const keys = { ed25519: signer.publicKey, x25519: opener.publicKey };
  const named = linkRelays(relays);
  const link = await formatGuestLink(
    { ...keys, inboxSecret, relays: named, name, madeAt: now, servers, ...said },
    { sealer, signer },
  );
  const { closesAt, title } = said;
  return {
    link,
    to: 'call',
    name,
    hasRelay: named.length > 0,
    page: invitationPage({ ownServers, guestPage }),
    ...(closesAt === undefined ? {} : { time: { from: now, until: closesAt } }),
    ...(title === undefined ? {} : { title }),
  };
}

/** The same as one text. */
export async function guestLinkText(parts: LinkParts, inboxSecret: Uint8Array<ArrayBuffer>): Promise<string> {
  const { link, page } = await guestInvitation(parts, inboxSecret);
  return linkOnPage(link, page);
}

export interface GuestDoorParts extends LinkParts {
  readonly model: DoorModel;
  readonly hold: Pick<PageHold, 'hold' | 'release' | 'openToGuests' | 'closeToGuests'>;
  /** Opens camera and microphone. */
  readonly openDevices: () => void;
  readonly onClosed: () => void;
  readonly fault: (what: string, error: unknown) => void;
}

const hourMs = 3_600_000;
/** A link is not made anew for every letter of a title. */
const typedMs = 400;

export class GuestDoor implements DoorActions {
  readonly #parts: GuestDoorParts;
  readonly #secret: Uint8Array<ArrayBuffer>;
  /** Holds the page as a call does: an update of the extension waits, and whoever calls is told beside it. */
  readonly #id: string;
  #closesAt: number | undefined;
  #cancelClosing: (() => void) | undefined;
  #cancelTyped: (() => void) | undefined;
  #made = 0;

  constructor(parts: GuestDoorParts) {
    this.#parts = parts;
    const { sealer } = parts.world;
    this.#secret = sealer.randomBytes(16);
    this.#id = toBase64url(sealer.randomBytes(16));
  }

  open(): void {
    const { model, hold, openDevices } = this.#parts;
    if (model.state.value !== 'shut') return;
    model.state.value = 'open';
    openDevices();
    hold.openToGuests(toBase64url(this.#secret));
    hold.hold({ callId: this.#id, contactId: '', contactName: '', direction: 'outgoing', linked: true });
    this.#makeLink();
  }

  setSpan(span: DoorSpan): void {
    const { model, world } = this.#parts;
    if (model.state.value !== 'open') return;
    model.span.value = span;
    this.#cancelClosing?.();
    // A whole second, as the link says it.
    const seconds = Math.floor(world.clock.now() / 1000);
    this.#closesAt = span === 'open-end' ? undefined : 1000 * seconds + Number(span) * hourMs;
    if (this.#closesAt !== undefined)
      this.#cancelClosing = world.clock.after(this.#closesAt - world.clock.now(), () => this.#end());
    this.#makeLink();
  }

  setTitle(title: string): void {
    const { model, world } = this.#parts;
    if (model.state.value !== 'open') return;
    model.title.value = title;
    this.#cancelTyped?.();
    this.#cancelTyped = world.clock.after(typedMs, () => this.#makeLink());
  }

  close(): void {
    if (this.#parts.model.state.value === 'open') this.#end();
    this.#parts.model.state.value = 'closed';
  }

  /** Whoever is in the call stays. */
  #end(): void {
    const { model, hold, onClosed } = this.#parts;
    this.#cancelClosing?.();
    this.#cancelTyped?.();
    model.state.value = 'closed';
    hold.closeToGuests();
    hold.release(this.#id);
    onClosed();
  }

  #makeLink(): void {
    const { model, fault } = this.#parts;
    const made = ++this.#made;
    const title = model.title.value.trim();
    const said = {
      ...(this.#closesAt === undefined ? {} : { closesAt: this.#closesAt }),
      ...(title === '' ? {} : { title }),
    };
    guestInvitation(this.#parts, this.#secret, said).then(
      (invitation) => {
        if (made === this.#made) model.invitation.value = invitation;
      },
      (error: unknown) => {
        model.problem.value = true;
        fault('guest link', error);
      },
    );
  }
}
