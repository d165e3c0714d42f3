// The doors for later in the popup: which there are, what invites to them, and who waits at one while no page is there.
import { computed, signal } from '@preact/signals';
import { fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import { displayNameForLink } from '../../core/base/display-name.ts';
import type { HeldCall, KnockView } from '../../core/call/requests.ts';
import { type KeptDoor, latestDoorMs } from '../../core/identity/kept-door.ts';
import { whoKnocks } from '../../core/identity/passing-contact.ts';
import { guestLinkTo } from '../../platform/crypto/guest-link.ts';
import { ownPorts } from '../../platform/crypto/own-ports.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { request } from '../../platform/extension/messenger.ts';
import { watchView } from '../../platform/extension/session-view.ts';
import { ContactStore } from '../../platform/store/contact-store.ts';
import { onStoreChanged, openDatabase } from '../../platform/store/database.ts';
import { DoorStore } from '../../platform/store/door-store.ts';
import { IdentityStore } from '../../platform/store/identity-store.ts';
import { SettingsStore } from '../../platform/store/settings-store.ts';
import type { Invitation } from '../../ui/invite/invitation.ts';
import { reloadBackground } from '../../ui/reload-background.ts';

/** For how many hours guests can ask. */
export const doorHours = ['1', '3', '24'] as const;
export type DoorHours = (typeof doorHours)[number];

/** Why there is no new door. */
export type DoorProblem = 'late' | 'full';

interface Knocking {
  readonly knock: KnockView;
  readonly door: KeptDoor;
}

/** Somebody who waits. `name`: as they say it, or as it is kept here. */
export interface WaitingGuest {
  readonly id: string;
  readonly name: string;
  readonly isContact: boolean;
  readonly title: string;
}

export class KeptDoors {
  readonly doors = signal<readonly KeptDoor[]>([]);
  readonly guests = signal<readonly WaitingGuest[]>([]);
  readonly #knocks = signal<readonly KnockView[]>([]);
  readonly #held = signal<readonly HeldCall[]>([]);
  readonly #onHold = signal<readonly HeldCall[]>([]);
  readonly #sealer = new WebCryptoSealer();
  readonly #database: Awaited<ReturnType<typeof openDatabase>>;
  readonly #store: DoorStore;
  /** The page of a call shows those at its own door. */
  readonly #waiting = computed((): readonly Knocking[] => {
    const atPages = new Set([...this.#held.value, ...this.#onHold.value].map(({ guestSecret }) => guestSecret));
    return this.#knocks.value.flatMap((knock) => {
      const door = this.doors.value.find(({ secret }) => secret === knock.door);
      return door && !atPages.has(knock.door) && knock.call.expiresAt > Date.now() ? [{ knock, door }] : [];
    });
  });

  private constructor(database: Awaited<ReturnType<typeof openDatabase>>) {
    this.#database = database;
    this.#store = new DoorStore(database);
  }

  /** Reads everything once and keeps it fresh. Rejects when the stores cannot be read. */
  static async open(): Promise<KeptDoors> {
    const kept = new KeptDoors(await openDatabase());
    await kept.#read();
    onStoreChanged((store) => void (store === 'doors' ? kept.#read() : undefined));
    watchView('heldCall', (held) => {
      kept.#held.value = held ? [held] : [];
    });
    watchView('callsOnHold', (held) => {
      kept.#onHold.value = held ?? [];
    });
    watchView('knocks', (knocks) => {
      kept.#knocks.value = knocks ?? [];
    });
    kept.#waiting.subscribe((waiting) => void kept.#name(waiting));
    return kept;
  }

  /** @param from ms since the epoch; NaN for nothing. @returns the new door, or why there is none. */
  async add(title: string, from: number, hours: DoorHours): Promise<KeptDoor | DoorProblem> {
    const now = Date.now();
    const until = from + Number(hours) * 3_600_000;
    if (!(until > now && from < now + latestDoorMs)) return 'late';
    const random = (length: number) => toBase64url(this.#sealer.randomBytes(length));
    const door = { id: random(8), secret: random(16), title: displayNameForLink(title), from, until };
    if (!(await this.#store.add(door, now))) return 'full';
    await this.#changed();
    return door;
  }

  /** Whoever waits there hears that the invitation has ended. */
  async end(id: string): Promise<void> {
    await this.#store.remove(id);
    await this.#changed();
  }

  /** What is sent to guests, by relays and servers as they are set now. */
  async invitation({ secret, title, from, until }: KeptDoor): Promise<Invitation> {
    const [read, settings] = await Promise.all([
      new IdentityStore(this.#database).read(),
      new SettingsStore(this.#database).read(),
    ]);
    const inboxSecret = fromBase64url(secret);
    if (read.state !== 'present' || !inboxSecret) throw new Error('no identity');
    const { name } = read.identity;
    const own = { name, ...ownPorts(read.identity) };
    const said = { opensAt: from, closesAt: until, ...(title === '' ? {} : { title }) };
    const made = await guestLinkTo(inboxSecret, said, { sealer: this.#sealer, own, settings, now: Date.now() });
    return { ...made, to: 'call', name, time: { from, until }, ...(title === '' ? {} : { title }) };
  }

  async openPage({ id }: KeptDoor): Promise<void> {
    await request('openDoor', { id });
  }

  async decide(contactId: string, admits: boolean): Promise<void> {
    await request('decideKnock', { contactId, admits });
  }

  async #changed(): Promise<void> {
    await this.#read();
    await reloadBackground();
  }

  async #read(): Promise<void> {
    this.doors.value = await this.#store.all(Date.now());
  }

  async #name(waiting: readonly Knocking[]): Promise<void> {
    const contacts = new ContactStore(this.#database);
    const named = await Promise.all(
      waiting.map(async ({ knock: { call, link }, door }): Promise<WaitingGuest | undefined> => {
        const known = await contacts.get(call.contactId);
        const name = (known ?? (await whoKnocks(link, call.contactId, this.#sealer)))?.name;
        return name === undefined
          ? undefined
          : { id: call.contactId, name, isContact: known !== undefined, title: door.title };
      }),
    );
    if (this.#waiting.peek() === waiting) this.guests.value = named.filter((one) => one !== undefined);
  }
}
