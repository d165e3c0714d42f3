// Meshes of several pages without connections: links in order, over which only what parses gets through, counted in bytes; and a member who
// says whatever it likes. The product's own Mesh, on a clock that stands still unless a test moves it.
import { Mesh } from '../../../src/call/group/mesh.ts';
import { toHex } from '../../../src/core/base/bytes.ts';
import type { Sealer, Signer } from '../../../src/core/base/ports.ts';
import { formatMeshMessage, type MeshMessage, parseMeshMessage } from '../../../src/core/group/mesh-message.ts';
import type { SignedEntry } from '../../../src/core/group/roster.ts';
import { ManualClock } from '../doubles/manual-clock.ts';
import { quickSigner, withQuickSignatures } from '../doubles/quick-signatures.ts';
import { sealer, type TestIdentity } from '../samples/test-identity.ts';

/** One page of a person. */
export class MeshMember {
  readonly id: string;
  readonly identity: TestIdentity;
  readonly mesh: Mesh;
  readonly envelopes: string[] = [];
  readonly reactions: string[] = [];
  readonly said: MeshMessage[] = [];
  bytesIn = 0;
  bytesOut = 0;

  /** @param skewMs how far this page's clock is ahead. */
  constructor(world: MeshWorld, identity: TestIdentity, name: string, skewMs = 0) {
    const { ed25519, x25519 } = identity;
    this.identity = identity;
    this.id = toHex(ed25519);
    this.mesh = new Mesh({
      sealer: world.sealer,
      signer: world.signer(identity),
      clock: { now: () => world.clock.now() + skewMs, after: (ms, run) => world.clock.after(ms, run) },
      self: { id: this.id, ed25519, x25519, name, relays: [] },
      onChange: () => undefined,
      onEnvelope: (_topic, body) => void this.envelopes.push(new TextDecoder().decode(body)),
      onReaction: (from, emoji) => void this.reactions.push(`${from} ${emoji}`),
      onForward: () => undefined,
    });
  }

  /** Names of the others whom this page believes to be in the call. */
  get sees(): readonly string[] {
    return [...this.mesh.people()].map((id) => this.mesh.entry(id)?.name ?? '?').sort();
  }
}

export class MeshWorld {
  readonly clock = new ManualClock(1_800_000_000_000);
  readonly sealer: Sealer;
  readonly signer: (identity: TestIdentity) => Signer;
  /** Entries that have gone over any link. */
  readonly entries: SignedEntry[] = [];
  #underWay = 0;

  /** @param isQuick signatures cost nothing, and prove nothing. */
  constructor(isQuick = false) {
    const inner: Sealer = isQuick ? withQuickSignatures(sealer) : sealer;
    this.sealer = {
      sealTo: (...parts) => inner.sealTo(...parts),
      generateOpener: () => inner.generateOpener(),
      generatePairKey: () => this.#count(inner.generatePairKey()),
      verify: (...parts) => this.#count(inner.verify(...parts)),
      sha256: (bytes) => this.#count(inner.sha256(bytes)),
      hkdfSha256: (...parts) => this.#count(inner.hkdfSha256(...parts)),
      randomBytes: (length) => inner.randomBytes(length),
    };
    this.signer = (identity) => {
      const { publicKey, sign } = isQuick ? quickSigner(identity) : identity.signer;
      return { publicKey, sign: (message) => this.#count(sign.call(identity.signer, message)) };
    };
  }

  member(identity: TestIdentity, name: string, skewMs = 0): MeshMember {
    return new MeshMember(this, identity, name, skewMs);
  }

  /** A word on its way, as the text that it is. */
  carry(text: string, hear: (word: MeshMessage) => void): void {
    const word = parseMeshMessage(text);
    if (!word) return;
    this.note(word);
    this.#underWay += 1;
    setImmediate(() => {
      this.#underWay -= 1;
      hear(word);
    });
  }

  /** Keeps it if it is an entry. */
  note(word: MeshMessage): void {
    if (word.t === 'entry') this.entries.push({ e: word.e, s: word.s });
  }

  link(a: MeshMember, b: MeshMember): void {
    this.#lead(a, b);
    this.#lead(b, a);
  }

  cut(a: MeshMember, b: MeshMember): void {
    a.mesh.linkOver(b.id);
    b.mesh.linkOver(a.id);
  }

  /** All that was said has been heard, and what follows from it. */
  async settle(): Promise<void> {
    for (let calm = 0; calm < 3; calm = this.#underWay > 0 ? 0 : calm + 1)
      await new Promise((resolve) => setImmediate(resolve));
  }

  /** Keys that are at work. */
  async #count<Result>(work: Promise<Result>): Promise<Result> {
    this.#underWay += 1;
    try {
      return await work;
    } finally {
      this.#underWay -= 1;
    }
  }

  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    while (this.clock.runNext(end)) await this.settle();
  }

  #lead(from: MeshMember, to: MeshMember): void {
    from.mesh.linkUp(to.id, (word) => {
      const text = formatMeshMessage(word);
      from.said.push(word);
      from.bytesOut += text.length;
      this.carry(text, (heard) => {
        to.bytesIn += text.length;
        to.mesh.heard(from.id, heard);
      });
      return true;
    });
  }
}

/** Somebody in the call whose program is their own: says what a test makes it say, and keeps all that it is told. */
export class HostileMember {
  readonly id: string;
  readonly identity: TestIdentity;
  readonly heard: MeshMessage[] = [];
  readonly #world: MeshWorld;
  readonly #to = new Map<string, MeshMember>();

  constructor(world: MeshWorld, identity: TestIdentity) {
    this.#world = world;
    this.identity = identity;
    this.id = toHex(identity.ed25519);
  }

  linkTo(member: MeshMember): void {
    this.#to.set(member.id, member);
    member.mesh.linkUp(this.id, (word) => {
      member.bytesOut += formatMeshMessage(word).length;
      this.heard.push(word);
      this.#world.note(word);
      return true;
    });
  }

  say(word: MeshMessage): void {
    const text = formatMeshMessage(word);
    for (const member of this.#to.values())
      this.#world.carry(text, (heard) => {
        member.bytesIn += text.length;
        member.mesh.heard(this.id, heard);
      });
  }
}
