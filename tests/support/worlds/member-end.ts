// A person whose page meets members of rooms without a call, over simulated relays and links that connect when both descriptions have met.
import { concat, toBase64url, toHex, utf8 } from '../../../src/core/base/bytes.ts';
import type { SignalOf } from '../../../src/core/signaling/signal.ts';
import { type Member, memberWhoAsks } from '../../../src/link/members/member.ts';
import { MemberInboxes } from '../../../src/link/members/member-inboxes.ts';
import type { MemberWorld } from '../../../src/link/members/member-link.ts';
import { type MeetingWay, MemberLinks } from '../../../src/link/members/member-links.ts';
import { SharedRelays } from '../../../src/link/members/shared-relays.ts';
import type { IdentityKeys } from '../../../src/platform/crypto/identity-keys.ts';
import type { FakeLinks } from '../doubles/fake-links.ts';
import { NodeOpener, NodeSigner } from '../doubles/node-keys.ts';
import { fingerprintOf, silentConnection } from '../persons/silent-connection.ts';
import { namedKeys } from '../samples/named-people.ts';
import type { SimulatedWorld } from './simulated-world.ts';

/** What a person's side of links needs, over doubles. `hidden`: how often a connection was made that tells no address. */
export function memberWorld(
  world: SimulatedWorld,
  links: FakeLinks,
  keys: IdentityKeys,
  dev: string,
): Omit<MemberWorld, 'openPool' | 'channels'> & { readonly made: boolean[] } {
  const { sealer, clock } = world;
  const made: boolean[] = [];
  return {
    sealer,
    clock,
    signer: world.countSigner(new NodeSigner(keys.ed25519Private, keys.ed25519Public)),
    opener: world.countOpener(new NodeOpener(keys.x25519Private, keys.x25519Public)),
    dev: toBase64url(utf8(dev.padEnd(8, '.').slice(0, 8))),
    made,
    prepareMaterial: async (hides) => {
      made.push(hides);
      const fingerprint = await sealer.sha256(concat(utf8(dev), sealer.randomBytes(8)));
      const connect = () => silentConnection(fingerprint);
      const [opener, random] = [await sealer.generateOpener(), sealer.randomBytes(32)];
      return { opener, random, fingerprint, connection: connect(), renew: connect };
    },
    openLink: (connection, opening, events) => links.opener(fingerprintOf(connection))(opening, events),
  };
}

export class MemberEnd {
  readonly name: string;
  readonly member: Member;
  readonly links: MemberLinks;
  readonly relays: SharedRelays;
  /** Who is linked now, by id. */
  linked: ReadonlySet<string> = new Set();
  /** Of each link that was proven, whose it was and what tells it from others. */
  readonly proven: [id: string, transcript: string][] = [];
  readonly heard: SignalOf<'meet'>[] = [];
  /** For each connection, whether it hides the address. */
  readonly made: readonly boolean[];
  way: MeetingWay = 'open';
  readonly #inboxes: MemberInboxes;

  private constructor(world: SimulatedWorld, links: FakeLinks, name: string, keys: IdentityKeys) {
    this.name = name;
    const { ed25519Public: ed25519, x25519Public: x25519, inboxSecret: inbox } = keys;
    this.member = { id: toHex(ed25519), ed25519, x25519, inbox, relays: [] };
    this.relays = new SharedRelays(() => [world.pool()]);
    const own = memberWorld(world, links, keys, name);
    this.made = own.made;
    this.links = new MemberLinks({
      world: {
        ...own,
        openPool: () => this.relays.forOne(),
        channels: {
          attach: () => undefined,
          prove: async (id, transcript) => void this.proven.push([id, toHex(transcript)]),
          part: () => undefined,
        },
      },
      wayTo: async () => this.way,
      onChange: (linked) => {
        this.linked = linked;
      },
    });
    this.#inboxes = new MemberInboxes({
      ...own,
      relays: this.relays.forOne(),
      ownEd25519: ed25519,
      padding: new Uint8Array(32).fill(1),
      onMeet: (_room, senderId, meet) => {
        this.heard.push(meet);
        const member = memberWhoAsks(senderId, meet);
        if (member) void this.links.asked(member, meet);
      },
    });
  }

  static async open(world: SimulatedWorld, links: FakeLinks, name: string): Promise<MemberEnd> {
    return new MemberEnd(world, links, name, await namedKeys(name));
  }

  /** The page is open: it listens at the inbox of one room. */
  async listen(): Promise<void> {
    await this.#inboxes.listen(new Map([['garden', this.member.inbox]]));
  }

  isLinkedTo(other: MemberEnd): boolean {
    return this.linked.has(other.member.id);
  }

  /** The page is gone without a word. */
  vanish(): void {
    this.relays.close();
  }
}
