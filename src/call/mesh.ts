// The people of one call among themselves: keeps the roster by gossip and hands sealed envelopes from one to another, so that a new link
// needs no relay. Says what it wants said through the links it is given; knows no WebRTC and no view.
import { type Bytes, fromBase64url, toBase64url } from '../core/bytes.ts';
import { type Forward, type MeshWord, maxHops, type Pass } from '../core/mesh-word.ts';
import type { Clock, Sealer, Signer } from '../core/ports.ts';
import type { Reaction } from '../core/reaction.ts';
import {
  goBetweens,
  mergeEntry,
  peopleIn,
  type Roster,
  type RosterEntry,
  readEntry,
  signEntry,
} from '../core/roster.ts';
import { TokenBucket } from '../core/token-bucket.ts';

/** A link to one person: says a word, or tells that it cannot. */
type Say = (word: MeshWord) => boolean;

export interface MeshParts {
  readonly sealer: Pick<Sealer, 'verify' | 'randomBytes'>;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly self: Pick<RosterEntry, 'id' | 'ed25519' | 'x25519' | 'name' | 'relays'>;
  /** People, their entries or the ways between them are different. */
  readonly onChange: () => void;
  /** An envelope for us on a topic that nobody here listens to: the first word of a new link. */
  readonly onEnvelope: (topicHex: string, body: Bytes) => void;
  readonly onReaction: (from: string, emoji: Reaction) => void;
  readonly onForward: (from: string, word: Forward) => void;
}

type OwnWords = Pick<RosterEntry, 'here' | 'lacks' | 'calling' | 'hand' | 'locked' | 'waiting'>;

/** Words of one link at once and each second that are read. Eight people who come and go say far less. */
const readAtOnce = 300;
const readEachSecond = 60;
const maxSeen = 512;

export class Mesh {
  readonly #parts: MeshParts;
  readonly #links = new Map<string, { readonly say: Say; readonly budget: TokenBucket; isUp: boolean }>();
  readonly #listeners = new Map<string, Set<(body: Bytes) => void>>();
  readonly #seen = new Set<string>();
  #group: Bytes | undefined;
  #roster: Roster = new Map();
  #own: OwnWords = { here: true, lacks: [], calling: [], hand: false, locked: false };
  #n = 0;
  /** Signing takes a moment: what was said meanwhile goes into the next entry. */
  #isStale = false;
  #isSigning = false;

  constructor(parts: MeshParts) {
    this.#parts = parts;
  }

  /** Makes these people a group, unless they are one: whoever called says so. */
  found(): void {
    if (!this.#group) this.#adopt(this.#parts.sealer.randomBytes(32));
  }

  /** The secret that these people share, 32 bytes. */
  get group(): Bytes | undefined {
    return this.#group;
  }

  /** Words to this person get through: what is known is told. */
  linkUp(id: string, say: Say): void {
    const budget = this.#links.get(id)?.budget ?? new TokenBucket(readAtOnce, readEachSecond);
    this.#links.set(id, { say, budget, isUp: true });
    if (this.#group) say({ t: 'group', s: toBase64url(this.#group) });
    for (const { signed } of this.#roster.values()) say({ t: 'entry', ...signed });
    this.#restate();
  }

  /** Nothing gets through for now; the person is in the call all the same. */
  linkInterrupted(id: string): void {
    const link = this.#links.get(id);
    if (!link?.isUp) return;
    link.isUp = false;
    this.#parts.onChange();
  }

  /** There is no link to this person any more. */
  linkOver(id: string): void {
    if (this.#links.delete(id)) this.#restate();
  }

  /** What the person here says of themselves. */
  state(change: Partial<OwnWords>): void {
    this.#own = { ...this.#own, ...change };
    this.#restate();
  }

  get own(): OwnWords {
    return this.#own;
  }

  /** Tells those whom a word reaches now; later it would say something else. */
  react(emoji: Reaction): void {
    for (const { say, isUp } of this.#links.values()) if (isUp) say({ t: 'react', emoji });
  }

  /** Says a word to one person alone. @returns whether it got through. */
  tell(to: string, word: Forward): boolean {
    const link = this.#links.get(to);
    return link?.isUp === true && link.say(word);
  }

  get roster(): Roster {
    return this.#roster;
  }

  /** Everybody else in the call, as far as a chain of links leads there. */
  people(): ReadonlySet<string> {
    return peopleIn(this.#roster, this.#parts.self.id, new Set(this.#links.keys()));
  }

  entry(id: string): RosterEntry | undefined {
    return this.#roster.get(id)?.entry;
  }

  /** Those with a link to this person and to us. */
  between(id: string): readonly string[] {
    return goBetweens(this.#roster, id, new Set(this.#links.keys()));
  }

  /** Those who can hand something to this person while no word gets there directly. */
  detourTo(id: string): readonly string[] {
    return this.#links.get(id)?.isUp ? [] : goBetweens(this.#roster, id, this.#upLinks());
  }

  /** Whether words of people get there now. */
  canReach(id: string): boolean {
    return this.#links.get(id)?.isUp === true || goBetweens(this.#roster, id, this.#upLinks()).length > 0;
  }

  /** Hands an envelope to somebody through those who can. @returns whether anybody took it. */
  pass(to: string, topicHex: string, body: Bytes): boolean {
    const id = toBase64url(this.#parts.sealer.randomBytes(8));
    this.#remember(id);
    return this.#passOn({ t: 'pass', id, to, topic: topicHex, body: toBase64url(body), hops: maxHops }, undefined);
  }

  /** Hears what is handed over for a topic. @returns a function that ends this. */
  listen(topicHex: string, hear: (body: Bytes) => void): () => void {
    const listeners = this.#listeners.get(topicHex) ?? new Set();
    this.#listeners.set(topicHex, listeners.add(hear));
    return () => {
      listeners.delete(hear);
      if (listeners.size === 0 && this.#listeners.get(topicHex) === listeners) this.#listeners.delete(topicHex);
    };
  }

  /** A word over a proven link. */
  heard(from: string, word: MeshWord): void {
    const link = this.#links.get(from);
    if (!link?.budget.take(this.#parts.clock.now())) return;
    switch (word.t) {
      case 'group':
        this.#heardGroup(word.s);
        return;
      case 'entry':
        void this.#heardEntry(from, word.e, word.s);
        return;
      case 'pass':
        this.#heardPass(from, word);
        return;
      case 'react':
        this.#parts.onReaction(from, word.emoji);
        return;
      case 'forward':
        this.#parts.onForward(from, word);
        return;
    }
  }

  /** Nothing is said or heard any more. */
  close(): void {
    this.#links.clear();
    this.#listeners.clear();
  }

  /** Two groups become one: the smaller secret counts, so that all agree in the end. */
  #heardGroup(text: string): void {
    const theirs = fromBase64url(text);
    if (!theirs || (this.#group && toBase64url(this.#group) <= text)) return;
    this.#adopt(theirs);
  }

  #adopt(group: Bytes): void {
    this.#group = group;
    // What was signed for another group is worth nothing in this one.
    this.#roster = new Map();
    for (const { say } of this.#links.values()) say({ t: 'group', s: toBase64url(group) });
    this.#restate();
  }

  async #heardEntry(from: string, e: string, s: string): Promise<void> {
    const group = this.#group;
    const { sealer, clock, self } = this.#parts;
    if (!group) return;
    const known = [...this.#roster.values()].some(({ signed }) => signed.e === e && signed.s === s);
    const entry = known ? undefined : await readEntry(sealer, group, { e, s }, clock.now());
    if (!entry || group !== this.#group) return;
    if (entry.id === self.id) {
      // From an earlier time of ours in this call: what we say now has to count more.
      if (entry.n >= this.#n) {
        this.#n = entry.n;
        this.#restate();
      }
      return;
    }
    const merged = mergeEntry(this.#roster, entry, { e, s });
    if (merged === this.#roster) return;
    this.#roster = merged;
    this.#spread({ t: 'entry', e, s }, from);
    this.#parts.onChange();
  }

  #heardPass(from: string, word: Pass): void {
    if (this.#seen.has(word.id)) return;
    this.#remember(word.id);
    if (word.to !== this.#parts.self.id) {
      if (word.hops > 0) this.#passOn({ ...word, hops: word.hops - 1 }, from);
      return;
    }
    const body = fromBase64url(word.body);
    if (!body) return;
    const listeners = this.#listeners.get(word.topic);
    if (listeners) for (const hear of [...listeners]) hear(body);
    else this.#parts.onEnvelope(word.topic, body);
  }

  /** Directly if there is a way, else to those who have one, else to everybody. */
  #passOn(word: Pass, from: string | undefined): boolean {
    const direct = this.#links.get(word.to);
    if (direct?.isUp && direct.say(word)) return true;
    const up = this.#upLinks();
    if (from !== undefined) up.delete(from);
    const between = goBetweens(this.#roster, word.to, up);
    let isTaken = false;
    for (const id of between.length > 0 ? between : up) isTaken = this.#links.get(id)?.say(word) === true || isTaken;
    return isTaken;
  }

  #upLinks(): Set<string> {
    return new Set([...this.#links].flatMap(([id, { isUp }]) => (isUp ? [id] : [])));
  }

  #remember(passId: string): void {
    this.#seen.add(passId);
    const [oldest] = this.#seen;
    if (this.#seen.size > maxSeen && oldest !== undefined) this.#seen.delete(oldest);
  }

  #spread(word: MeshWord, except?: string): void {
    for (const [id, { say }] of this.#links) if (id !== except) say(word);
  }

  /** Writes the own entry anew and tells everybody. */
  #restate(): void {
    this.#parts.onChange();
    this.#isStale = true;
    if (!this.#isSigning) void this.#sign();
  }

  async #sign(): Promise<void> {
    const { signer, clock, self } = this.#parts;
    this.#isSigning = true;
    while (this.#isStale && this.#group) {
      this.#isStale = false;
      const group = this.#group;
      this.#n = Math.max(this.#n + 1, clock.now());
      const entry: RosterEntry = { ...self, ...this.#own, n: this.#n, links: [...this.#links.keys()].sort() };
      const signed = await signEntry(signer, group, entry);
      if (group !== this.#group) continue;
      this.#roster = mergeEntry(this.#roster, entry, signed);
      this.#parts.onChange();
      this.#spread({ t: 'entry', ...signed });
    }
    this.#isSigning = false;
  }
}
