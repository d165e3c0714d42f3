// People and their call pages without media and relays: the product's group session, with calls between two that ring, connect and end as
// real ones do, over data channels in memory. Who can be linked to whom is the test's to say.
import type { Sealer, Signer } from '../../../src/core/base/ports.ts';
import { FakeConnectionPair, messagesUnderWay } from '../doubles/fake-channels.ts';
import { FakeForwardingEnd, streamOf } from '../doubles/fake-forwarding.ts';
import { quickSigner, withQuickSignatures } from '../doubles/quick-signatures.ts';
import { type TestIdentity, testIdentity } from '../samples/test-identity.ts';
import { SimulatedWorld } from '../worlds/simulated-world.ts';
import type { GroupPage, PageChat } from './group-page.ts';
import { GroupPerson } from './group-person.ts';
import { failMs, hearMs, type PairEnd } from './pair-end.ts';

const ringMs = 300;
const linkMs = 100;
const noAnswerMs = 45_000;

const noChat: PageChat = {
  attach: () => undefined,
  prove: () => undefined,
  part: () => undefined,
  detour: () => undefined,
  heardByDetour: () => undefined,
};

export class GroupWorld {
  readonly inner = new SimulatedWorld();
  readonly clock = this.inner.clock;
  readonly sealer: Sealer;
  readonly signer: (identity: TestIdentity) => Signer;
  ends: PairEnd[] = [];
  /** Pairs that no way leads between, as sorted ids. */
  readonly #cut = new Set<string>();

  readonly chatOf: (person: GroupPerson) => PageChat;

  /** @param isQuick signatures cost nothing, and prove nothing. @param chatOf a chat for each page; without it nobody chats. */
  constructor(isQuick = false, chatOf: (person: GroupPerson) => PageChat = () => noChat) {
    const { sealer } = this.inner;
    this.sealer = isQuick ? withQuickSignatures(sealer) : sealer;
    this.signer = isQuick ? quickSigner : ({ signer }) => this.inner.countSigner(signer);
    this.chatOf = chatOf;
  }

  /** Lets `ms` pass; all that one timer causes has happened before the next one runs. */
  async pass(ms: number): Promise<void> {
    const end = this.clock.now() + ms;
    await this.settle();
    while (this.clock.runNext(end)) await this.settle();
  }

  async settle(): Promise<void> {
    do await this.inner.settle();
    while (messagesUnderWay.count > 0);
  }

  /** People who all know each other. */
  async people(...names: readonly string[]): Promise<GroupPerson[]> {
    const all = await Promise.all(
      names.map(async (name, i) => new GroupPerson(this, name, await testIdentity(7_000 + i))),
    );
    for (const one of all) one.knows(...all.filter((other) => other !== one));
    return all;
  }

  cut(a: GroupPerson, b: GroupPerson, isCut: boolean): void {
    const key = [a.id, b.id].sort().join();
    if (isCut) this.#cut.add(key);
    else this.#cut.delete(key);
  }

  endsOf(page: GroupPage): PairEnd[] {
    return this.ends.filter((end) => end.page === page && !end.isOver);
  }

  ring(from: PairEnd): void {
    this.clock.after(hearMs, () => {
      const to = this.#people.get(from.contact.id);
      if (from.isOver || !to) return;
      if (to.page && !to.page.isGone) {
        from.end('busy');
        return;
      }
      from.phase({ phase: 'ringing' });
      if (to.isAway) {
        this.clock.after(noAnswerMs, () => from.end('no-answer'));
        return;
      }
      this.clock.after(ringMs, () => {
        if (from.isOver || from.page.isGone) return;
        if (to.declines) from.end('declined');
        else if (to.page && !to.page.isGone) from.end('busy');
        else to.answer(from);
      });
    });
  }

  connect(from: PairEnd, to: PairEnd): void {
    const isCut = this.#cut.has([from.page.person.id, to.page.person.id].sort().join());
    from.phase({ phase: 'connecting' });
    if (isCut) {
      for (const end of [from, to]) this.clock.after(failMs, () => end.end('connection-failed'));
      return;
    }
    from.other = to;
    to.other = from;
    this.clock.after(linkMs, () => {
      if (from.isOver || to.isOver || from.page.isGone || to.page.isGone) {
        for (const end of [from, to]) end.end('remote-hung-up');
        return;
      }
      const wire = new FakeConnectionPair();
      wire.swallow = (message) =>
        [from, to].some(({ page }) => page.person.withholds) && /^\{"t":"pass"/.test(String(message));
      const [one, two] = [wire.one, wire.two].map((side) => new FakeForwardingEnd(side, this.clock)) as [
        FakeForwardingEnd,
        FakeForwardingEnd,
      ];
      one.other = two;
      two.other = one;
      for (const [end, side, other] of [
        [from, one, to],
        [to, two, from],
      ] as const) {
        end.wire = wire;
        end.media = side;
        end.model.remoteStream.value = streamOf(other.page.person.name);
        end.model.remoteCameraOn.value = true;
        end.page.chat.attach(end.contact.id, end.contact.name, side);
        end.page.group.attach(end.contact, side);
      }
      wire.connect();
      for (const end of [from, to]) {
        end.phase({ phase: 'connected', sinceMs: this.clock.now(), isBack: false });
        end.page.chat.prove(end.contact.id);
        end.page.group.prove(end.contact.id);
      }
    });
  }

  /** A page knows people by their id. */
  readonly #people = new Map<string, GroupPerson>();

  introduce(...people: readonly GroupPerson[]): void {
    for (const person of people) this.#people.set(person.id, person);
  }

  /** Forgets calls that are over. */
  tidy(): void {
    this.ends = this.ends.filter((end) => !end.isOver);
  }
}
