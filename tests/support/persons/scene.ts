// Alice and Bob in a world of their own, and the usual ways of a call between them.

import { FakeLinks } from '../doubles/fake-links.ts';
import type { SeenFrame } from '../doubles/simulated-relay.ts';
import { SimulatedWorld, type WorldChoices } from '../worlds/simulated-world.ts';
import type { Page } from './call-page-double.ts';
import { Person } from './person.ts';
import type { PersonChoices } from './person-choices.ts';

interface SceneChoices extends WorldChoices {
  readonly seed?: number;
  readonly alice?: PersonChoices;
  readonly bob?: PersonChoices;
}

export class Scene {
  readonly world: SimulatedWorld;
  readonly links: FakeLinks;
  readonly alice: Person;
  readonly bob: Person;

  private constructor(world: SimulatedWorld, links: FakeLinks, alice: Person, bob: Person) {
    this.world = world;
    this.links = links;
    this.alice = alice;
    this.bob = bob;
    alice.knows(bob);
    bob.knows(alice);
  }

  static async make({ seed = 7, alice, bob, ...choices }: SceneChoices = {}): Promise<Scene> {
    const world = new SimulatedWorld(seed, choices);
    const links = new FakeLinks(world.clock);
    return new Scene(
      world,
      links,
      await Person.make(world, links, 'Alice', alice),
      await Person.make(world, links, 'Bob', bob),
    );
  }

  /** Alice calls and Bob's device rings. */
  async ring(): Promise<{ page: Page; callId: string }> {
    const page = await this.alice.call(this.bob);
    await this.world.until(() => this.bob.rings.includes(page.callId), 'Bob rings');
    return { page, callId: page.callId };
  }

  /** Bob accepted; nothing has answered his offer yet. */
  async accepted(): Promise<{ a: Page; b: Page }> {
    const { page: a, callId } = await this.ring();
    return { a, b: await this.bob.accept(this.alice, callId) };
  }

  async connect(): Promise<{ a: Page; b: Page }> {
    const pages = await this.accepted();
    await this.untilConnected(pages.a, pages.b);
    return pages;
  }

  async untilConnected(...pages: readonly Page[]): Promise<void> {
    await this.world.until(
      () => pages.every((page) => page.state().state === 'connected'),
      'the call connects',
      30_000,
    );
  }

  /** Relays lose every message of this kind, or only the first one. Copies on other relays and repeats of the same bytes count as one. */
  lose(kind: string, howOften: 'once' | 'always'): void {
    let lost: string | undefined;
    this.world.swallow = (frame) => {
      const signal = this.world.signalIn(frame);
      if (signal?.t !== kind) return false;
      const which = `${signal.dev} ${signal.n}`;
      lost ??= which;
      return howOften === 'always' || lost === which;
    };
  }

  /** Relays keep every message of this kind back. @returns lets go of them. */
  hold(kind: string): () => void {
    const held: SeenFrame[] = [];
    this.world.swallow = (frame) => this.world.signalIn(frame)?.t === kind && held.push(frame) > 0;
    return () => {
      this.world.swallow = () => false;
      for (const frame of held) this.world.deliver(frame);
    };
  }

  /** How many different messages of each kind went out. */
  sent(): Record<string, number> {
    const once = new Map<string, string>();
    for (const frame of this.world.frames) {
      const signal = this.world.signalIn(frame);
      if (signal) once.set(`${signal.dev} ${signal.n} ${signal.t}`, signal.t);
    }
    const counts: Record<string, number> = {};
    for (const kind of once.values()) counts[kind] = (counts[kind] ?? 0) + 1;
    return counts;
  }
}

/** How a page ended, or the state that it is in. */
export function ending(page: Page): string {
  const state = page.state();
  return state.state === 'ended' ? state.reason : state.state;
}
