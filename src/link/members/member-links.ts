// Who of the members of rooms is linked to this page, without a call: whom it asks, whose asking it answers, and when it does neither
// (docs/rooms.md#meeting-without-a-call).
import { toHex } from '../../core/base/bytes.ts';
import { clockToleranceMs } from '../../core/base/clock-tolerance.ts';
import { keepLatest } from '../../core/base/keep-latest.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import { ringMs } from '../../core/call/ring-machine.ts';
import type { SignalOf } from '../../core/signaling/signal.ts';
import type { Member } from './member.ts';
import { MemberLink, type MemberLinkEvents, type MemberWorld } from './member-link.ts';

/** So many are asked or linked at a time; of those who ask us, some more are taken. */
const atOnce = { asked: 8, linked: 12 };
/** How often one member is answered: at once, and then one in ten seconds. */
const answers = { atOnce: 6, perSecond: 0.1 };
/** Askings that were answered; an older one is out of date by then. */
const remembered = 512;

/** How a member may be met: not at all, in the open, or without learning our address. */
export type MeetingWay = 'no' | 'open' | 'hidden';

export interface MemberLinksParts {
  readonly world: MemberWorld;
  /** @param id of the member, hex. Asked before anything is said to them. */
  readonly wayTo: (id: string) => Promise<MeetingWay>;
  /** Who is linked has changed, by id. */
  readonly onChange: (linked: ReadonlySet<string>) => void;
}

export class MemberLinks {
  readonly #parts: MemberLinksParts;
  readonly #links = new Map<string, { readonly link: MemberLink; readonly way: MeetingWay }>();
  readonly #budgets = new Map<string, TokenBucket>();
  readonly #answered = new Set<string>();
  #waiting: Member[] = [];
  #isClosed = false;
  readonly #ownId: string;

  constructor(parts: MemberLinksParts) {
    this.#parts = parts;
    this.#ownId = toHex(parts.world.signer.publicKey);
  }

  /** Asks these for a link, the first ones first, unless there is one. In place of those who still wait to be asked. */
  ask(members: readonly Member[]): void {
    this.#waiting = members.filter(({ id }) => !this.#links.has(id));
    void this.#askNext();
  }

  /** A member asks. @param member who has signed it. */
  async asked(member: Member, meet: SignalOf<'meet'>): Promise<void> {
    const { clock } = this.#parts.world;
    const now = clock.now();
    if (this.#isClosed || member.id === this.#ownId || this.#answered.has(meet.id)) return;
    if (meet.exp <= now - clockToleranceMs || meet.exp > now + ringMs + clockToleranceMs) return;
    if (!this.#budgetOf(member.id).take(now)) return;
    this.#remember(meet.id);
    const way = await this.#parts.wayTo(member.id);
    if (this.#isClosed || way === 'no') return;
    const own = this.#links.get(member.id)?.link;
    if (!own && this.#links.size >= atOnce.linked) return;
    // Both ask: the side with the smaller key goes on asking, and the other one answers. They are there now, so it is heard.
    if (own?.isKnocking && this.#ownId < member.id) {
      own.knockAgain();
      return;
    }
    // A page that was loaded anew asks anew: what was before is dead, and does not know it yet.
    own?.close();
    this.#waiting = this.#waiting.filter(({ id }) => id !== member.id);
    this.#keep(member.id, way, (events) =>
      MemberLink.answer(
        this.#parts.world,
        member,
        { ...meet, callId: meet.id, callerDev: meet.dev },
        way === 'hidden',
        events,
      ),
    );
  }

  /** Members, contacts or settings have changed: who may not be met any more, or not in the open, is left. */
  async lookAgain(): Promise<void> {
    for (const [id, kept] of [...this.#links]) {
      const way = await this.#parts.wayTo(id);
      if (way === 'no' || (way === 'hidden' && kept.way === 'open')) kept.link.close();
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#waiting = [];
    for (const { link } of [...this.#links.values()]) link.close();
  }

  async #askNext(): Promise<void> {
    while (!this.#isClosed && this.#links.size < atOnce.asked) {
      const member = this.#waiting.shift();
      if (!member) return;
      const way = await this.#parts.wayTo(member.id);
      if (this.#isClosed || way === 'no' || this.#links.has(member.id)) continue;
      this.#keep(member.id, way, (events) => MemberLink.knock(this.#parts.world, member, way === 'hidden', events));
    }
  }

  #keep(id: string, way: MeetingWay, make: (events: MemberLinkEvents) => MemberLink): void {
    const link = make({
      onUp: () => this.#tell(),
      onOver: () => {
        if (this.#links.get(id)?.link === link) this.#links.delete(id);
        this.#tell();
        void this.#askNext();
      },
    });
    this.#links.set(id, { link, way });
  }

  #tell(): void {
    this.#parts.onChange(new Set([...this.#links].filter(([, { link }]) => link.isUp).map(([id]) => id)));
  }

  #budgetOf(id: string): TokenBucket {
    const budget = this.#budgets.get(id) ?? new TokenBucket(answers.atOnce, answers.perSecond);
    this.#budgets.set(id, budget);
    return budget;
  }

  #remember(id: string): void {
    this.#answered.add(id);
    keepLatest(this.#answered, remembered);
  }
}
