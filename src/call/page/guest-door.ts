// The door of a call page: the secret of the inbox where guests ask, the link for them, and until when both are good. Loaded when a door is
// opened, by a call that is up or by a page with nobody in it yet.
import { fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { KeptDoor } from '../../core/identity/kept-door.ts';
import { linkOnPage } from '../../core/network/own-servers.ts';
import { guestLinkTo, type SaidOfDoor } from '../../platform/crypto/guest-link.ts';
import type { Invitation } from '../../ui/invite/invitation.ts';
import type { DoorActions, DoorModel, DoorSpan } from '../model/door-model.ts';
import type { CallWorld, OwnPerson } from './call-world.ts';
import type { PageHold } from './page-hold.ts';

export interface LinkParts {
  readonly world: Pick<CallWorld, 'settings' | 'sealer' | 'clock'>;
  readonly own: Pick<OwnPerson, 'name' | 'signer' | 'opener'>;
}

/** The link to the inbox of this secret, with the words around it. */
async function guestInvitation(
  { world: { settings, sealer, clock }, own }: LinkParts,
  inboxSecret: Uint8Array<ArrayBuffer>,
  said: SaidOfDoor = {},
): Promise<Invitation> {
  const now = clock.now();
  const made = await guestLinkTo(inboxSecret, said, { sealer, own, settings: await settings.read(), now });
  const { opensAt = now, closesAt, title } = said;
  return {
    ...made,
    to: 'call',
    name: own.name,
    ...(closesAt === undefined ? {} : { time: { from: opensAt, until: closesAt } }),
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
  /** Nobody is to ask at this door for later any more. */
  readonly end: (door: KeptDoor) => void;
  readonly onClosed: () => void;
  readonly fault: (what: string, error: unknown) => void;
}

const hourMs = 3_600_000;
/** A link is not made anew for every letter of a title. */
const typedMs = 400;

export class GuestDoor implements DoorActions {
  readonly #parts: GuestDoorParts;
  #secret: Uint8Array<ArrayBuffer>;
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
    const kept = model.kept.value;
    this.#secret = (kept && fromBase64url(kept.secret)) ?? this.#secret;
    openDevices();
    hold.openToGuests(toBase64url(this.#secret));
    hold.hold({ callId: this.#id, contactId: '', contactName: '', direction: 'outgoing', linked: true });
    this.#closesAt = kept?.until;
    this.#watchClosing();
    this.#makeLink();
  }

  setSpan(span: DoorSpan): void {
    const { model, world } = this.#parts;
    if (model.state.value !== 'open' || model.kept.value) return;
    model.span.value = span;
    // A whole second, as the link says it.
    const seconds = Math.floor(world.clock.now() / 1000);
    this.#closesAt = span === 'open-end' ? undefined : 1000 * seconds + Number(span) * hourMs;
    this.#watchClosing();
    this.#makeLink();
  }

  setTitle(title: string): void {
    const { model, world } = this.#parts;
    if (model.state.value !== 'open' || model.kept.value) return;
    model.title.value = title;
    this.#cancelTyped?.();
    this.#cancelTyped = world.clock.after(typedMs, () => this.#makeLink());
  }

  close(): void {
    const { model, end } = this.#parts;
    if (model.kept.value) end(model.kept.value);
    this.leave();
  }

  /** The page is left. At a door for later guests are heard all the same, without it. */
  leave(): void {
    if (this.#parts.model.state.value === 'open') this.#end();
    this.#parts.model.state.value = 'closed';
  }

  #watchClosing(): void {
    const { clock } = this.#parts.world;
    this.#cancelClosing?.();
    if (this.#closesAt !== undefined)
      this.#cancelClosing = clock.after(Math.max(0, this.#closesAt - clock.now()), () => this.#end());
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
    const kept = model.kept.value;
    const made = ++this.#made;
    const title = (kept?.title ?? model.title.value).trim();
    const said = {
      ...(kept ? { opensAt: kept.from } : {}),
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
