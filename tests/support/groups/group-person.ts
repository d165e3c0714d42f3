// Somebody in a call of several: whom they know, and how they meet a ring.
import { toHex } from '../../../src/core/base/bytes.ts';
import type { Settings } from '../../../src/core/data/settings.ts';
import type { Contact } from '../../../src/core/identity/contact.ts';
import { newContact } from '../samples/named-people.ts';
import type { TestIdentity } from '../samples/test-identity.ts';
import { GroupPage } from './group-page.ts';
import type { GroupWorld } from './group-world.ts';
import type { PairEnd } from './pair-end.ts';

const keysOf = ({ ed25519, x25519 }: TestIdentity) => ({ ed25519, x25519 });

export class GroupPerson {
  readonly name: string;
  readonly identity: TestIdentity;
  readonly id: string;
  readonly contacts = new Map<string, Contact>();
  readonly #world: GroupWorld;
  /** The call page, while this person is in a call. */
  page: GroupPage | undefined;
  settings: Pick<Settings, 'hideAddress' | 'iceServers'> = { hideAddress: false, iceServers: [] };
  declines = false;
  /** Lets it ring. */
  isAway = false;
  /** Hands over nothing that others have sealed for each other. */
  withholds = false;
  /** The computer takes so long to check a signature. */
  checkMs = 0;

  constructor(world: GroupWorld, name: string, identity: TestIdentity) {
    this.#world = world;
    this.name = name;
    this.identity = identity;
    this.id = toHex(identity.ed25519);
  }

  knows(...others: readonly GroupPerson[]): void {
    for (const { id, name, identity } of others)
      this.contacts.set(id, newContact({ ...keysOf(identity), name, inboxSecret: new Uint8Array(16), relays: [] }));
  }

  /** Opens a page and calls; resolves at once. */
  call(other: GroupPerson): GroupPage {
    const page = new GroupPage(this.#world, this);
    this.page = page;
    page.begin(page.first(this.#contact(other), 'outgoing'));
    return page;
  }

  /** Opens one page for several people, and calls them all at once. */
  callTogether(...others: readonly GroupPerson[]): GroupPage {
    const page = this.prepareTogether(...others);
    page.group.invitations.startCall('video');
    return page;
  }

  /** The same up to the click. */
  prepareTogether(...others: readonly GroupPerson[]): GroupPage {
    const page = new GroupPage(this.#world, this);
    this.page = page;
    const [first, ...rest] = others.map((other) => this.#contact(other));
    if (!first) throw new Error('nobody to call');
    page.first(first, 'outgoing').phase({ phase: 'before' });
    page.group.invitations.gather(rest, 'video');
    return page;
  }

  answer(from: PairEnd): void {
    const page = new GroupPage(this.#world, this);
    this.page = page;
    const end = page.first(this.#contact(from.page.person), 'incoming');
    end.phase({ phase: 'connecting' });
    this.#world.connect(from, end);
  }

  /** The browser dies: nobody is told. */
  crash(): void {
    this.page?.crash();
    this.page = undefined;
  }

  #contact(other: GroupPerson): Contact {
    const contact = this.contacts.get(other.id);
    if (!contact) throw new Error(`${this.name} does not know ${other.name}`);
    return contact;
  }
}
