// The people of one call among themselves: keeps the roster by gossip and hands sealed envelopes from one to another, so that a new link
// needs no relay. Says what it wants said through the links it is given; knows no WebRTC and no view.
import { type Bytes, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, PairKey, Sealer, Signer } from '../../core/base/ports.ts';
import { EntryBook, pageOf } from '../../core/group/entry-book.ts';
import type { Forward, MeshMessage } from '../../core/group/mesh-message.ts';
import type { Reaction } from '../../core/group/reaction.ts';
import {
  goBetweens,
  isEntrySigned,
  maxPeople,
  nextHops,
  parseEntry,
  type Roster,
  type RosterEntry,
  type SignedEntry,
  signEntry,
} from '../../core/group/roster.ts';
import { Gossip } from './gossip.ts';
import { MeshBudget } from './mesh-budget.ts';
import { Passing, pageInbox } from './passing.ts';
import { Restating } from './restating.ts';

/** A link to one person: says a word, or tells that it cannot. */
type Say = (word: MeshMessage) => boolean;

export interface MeshParts {
  readonly sealer: Pick<Sealer, 'verify' | 'randomBytes' | 'hkdfSha256' | 'generatePairKey'>;
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

type OwnWords = Pick<RosterEntry, 'here' | 'lacks' | 'calling' | 'hand' | 'locked' | 'waiting' | 'rec' | 'says'>;

interface Link {
  say: Say;
  isUp: boolean;
  readonly gossip: Gossip;
  readonly budget: MeshBudget;
}

/** Whoever has no link to us answers a new question in this time, three times over. */
const answerMs = 60_000;

export class Mesh {
  readonly #parts: MeshParts;
  readonly #links = new Map<string, Link>();
  readonly #book: EntryBook;
  readonly #passing: Passing;
  readonly #restating: Restating;
  /** The key of this page, to which others of the call seal. */
  readonly pairKey: Promise<PairKey>;
  #own: OwnWords = { here: true, lacks: [], calling: [], hand: false, locked: false };
  #inboxSecret: Bytes | undefined;
  #ownSigned: SignedEntry | undefined;
  #heard: readonly string[] = [];
  #n = 0;
  /** Signing takes a moment: what was said meanwhile goes into the next entry. */
  #isStale = false;
  #isSigning = false;
  #cancelAsking: (() => void) | undefined;

  constructor(parts: MeshParts) {
    const { sealer, self } = parts;
    this.#parts = parts;
    this.pairKey = sealer.generatePairKey();
    this.#restating = new Restating(parts.clock, () => this.#restate());
    this.#book = new EntryBook(self.id, this.#newAsk());
    this.#passing = new Passing({
      ...parts,
      ek: this.pairKey.then(({ publicKey }) => publicKey),
      say: (id, word) => this.#links.get(id)?.say(word) === true,
      ways: (to, except) => this.#ways(to, except),
    });
  }

  /** Where first words for this page are left, 16 bytes; undefined for the moment until its key is made. */
  get inboxSecret(): Bytes | undefined {
    return this.#inboxSecret;
  }

  /** Words to this person get through: what is known is told. */
  linkUp(id: string, say: Say): void {
    const link: Link = this.#links.get(id) ?? {
      say,
      isUp: true,
      gossip: new Gossip(this.#parts.clock, this.#book),
      budget: new MeshBudget(),
    };
    link.say = say;
    link.isUp = true;
    this.#links.set(id, link);
    this.#book.linked(id);
    link.gossip.open(say, this.#ownSigned, this.#book.pages);
    this.#restate();
  }

  /** Nothing gets through for now; the person is in the call all the same. */
  linkInterrupted(id: string): void {
    const link = this.#links.get(id);
    if (!link?.isUp) return;
    link.isUp = false;
    link.gossip.close();
    this.#parts.onChange();
  }

  /** There is no link to this person any more. */
  linkOver(id: string): void {
    const link = this.#links.get(id);
    if (!link) return;
    link.gossip.close();
    this.#links.delete(id);
    this.#book.unlinked(id);
    this.#restate();
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
    return this.#book.roster;
  }

  /** Everybody else in the call, as far as a chain of links leads there. */
  people(): ReadonlySet<string> {
    return this.#book.people;
  }

  entry(id: string): RosterEntry | undefined {
    return this.#book.roster.get(id)?.entry;
  }

  /** Those with a link to this person and to us. */
  between(id: string): readonly string[] {
    return goBetweens(this.roster, id, new Set(this.#links.keys()));
  }

  /** Those who can hand something to this person while no word gets there directly. */
  detourTo(id: string): readonly string[] {
    return this.#links.get(id)?.isUp ? [] : goBetweens(this.roster, id, this.#upLinks());
  }

  /** Whether words of people get there now. */
  canReach(id: string): boolean {
    return this.#links.get(id)?.isUp === true || goBetweens(this.roster, id, this.#upLinks()).length > 0;
  }

  /** Hands an envelope to somebody in the call through those who can. @returns whether anybody took it. */
  pass(to: string, topicHex: string, body: Bytes): boolean {
    return this.#passing.pass(to, topicHex, body);
  }

  /** Hears what is handed over for a topic. @returns a function that ends this. */
  listen(topicHex: string, hear: (body: Bytes) => void): () => void {
    return this.#passing.listen(topicHex, hear);
  }

  /** A word over a proven link. */
  heard(from: string, word: MeshMessage): void {
    const budget = this.#links.get(from)?.budget;
    const now = this.#parts.clock.now();
    if (word.t === 'pass' && budget) this.#passing.heard(from, word, budget);
    if (word.t === 'entry' && budget?.entries.take(now)) void this.#heardEntry(from, { e: word.e, s: word.s });
    if (word.t === 'react' && budget?.reactions.take(now)) this.#parts.onReaction(from, word.emoji);
    if (word.t === 'forward' && budget?.forwards.take(now)) this.#parts.onForward(from, word);
  }

  /** Nothing is said or heard any more. */
  close(): void {
    for (const { gossip } of this.#links.values()) gossip.close();
    this.#links.clear();
    this.#passing.close();
    this.#restating.stop();
    this.#cancelAsking?.();
  }

  async #heardEntry(from: string, signed: SignedEntry): Promise<void> {
    const { sealer, clock, self } = this.#parts;
    if (this.#book.holds(signed, from)) return;
    const entry = parseEntry(signed, clock.now());
    if (!entry || (entry.id !== self.id && this.#book.knows(entry, from))) return;
    if (!(await isEntrySigned(sealer, entry, signed)) || !this.#links.has(from)) return;
    if (entry.id === self.id) {
      // From an earlier time of ours in this call: what we say now has to count more.
      if (entry.n > this.#n) {
        this.#n = entry.n;
        this.#restating.soon();
      }
      return;
    }
    if (!this.#book.take(entry, signed, from)) return;
    for (const [id, { gossip }] of this.#links) if (id !== from && id !== entry.id) gossip.tellOf(pageOf(entry));
    this.#answer();
    this.#parts.onChange();
  }

  /** Straight to them if there is a link; else on to those from whom it is not far. For nobody but people in the call. */
  #ways(to: string, except: string | undefined): readonly string[] {
    const up = this.#upLinks();
    if (except !== undefined) up.delete(except);
    if (up.has(to)) return [to];
    if (!this.#book.people.has(to)) return [];
    const between = goBetweens(this.roster, to, up);
    return between.length > 0 ? between : nextHops(this.roster, to, this.#parts.self.id, up);
  }

  #upLinks(): Set<string> {
    return new Set([...this.#links].flatMap(([id, { isUp }]) => (isUp ? [id] : [])));
  }

  #newAsk(): string {
    return toBase64url(this.#parts.sealer.randomBytes(16));
  }

  /** The questions of others that are answered in the own entry are others by now; and whether we have to ask anew. */
  #answer(): void {
    const heard = this.#book.heard();
    if (heard.join() !== this.#heard.join()) this.#restating.soon();
    if (!this.#book.needsAnswers || this.#cancelAsking || !this.#own.here) return;
    this.#cancelAsking = this.#parts.clock.after(answerMs, () => {
      this.#cancelAsking = undefined;
      if (!this.#own.here) return;
      // Where no word gets through, nobody can answer.
      if (this.#book.needsAnswers && this.#upLinks().size > 0) {
        this.#book.askAnew(this.#newAsk());
        this.#restate();
      }
      this.#answer();
    });
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
    const { publicKey: ek } = await this.pairKey;
    this.#inboxSecret = pageInbox(ek);
    while (this.#isStale) {
      this.#isStale = false;
      this.#n = Math.max(this.#n + 1, clock.now());
      this.#heard = this.#book.heard();
      const said = { ek, ask: this.#book.ask, heard: this.#heard, n: this.#n };
      const links = [...this.#links.keys()].slice(0, maxPeople - 1).sort();
      const entry: RosterEntry = { ...self, ...this.#own, ...said, links };
      const signed = await signEntry(signer, entry);
      this.#ownSigned = signed;
      this.#book.write(entry, signed);
      for (const { gossip } of this.#links.values()) gossip.tellOwn(signed);
      this.#answer();
      this.#parts.onChange();
    }
    this.#isSigning = false;
  }
}
