// One call set-up that a seed makes up whole: relays, weather, devices, what people do and when, and which backgrounds die.
import type { EndReason } from '../../../src/core/call/end-reason.ts';
import { FakeLinks } from '../doubles/fake-links.ts';
import type { Page } from '../persons/call-page-double.ts';
import { Person } from '../persons/person.ts';
import type { CalleeEnd } from './consistent-endings.ts';
import { SimulatedWorld } from './simulated-world.ts';
import { brewStorm } from './storm.ts';

/** The machines' own time limits: a ring, the silence after it, a link in the making; and the delay of a last word. */
const longestRingMs = 60_000 + 25_000;
const longestCallMs = longestRingMs + 20_000;
const lastWordMs = 2_000;

export interface CallStory {
  readonly linksConnected: number;
  readonly callerEnd: EndReason;
  readonly calleeEnds: readonly CalleeEnd[];
  readonly devices: readonly Person[];
  readonly callId: string;
  /** Fair weather, and nobody's background died. */
  readonly nothingWasLost: boolean;
}

const isSettled = (page: Page): boolean => ['ended', 'connected'].includes(page.state().state);

function endOf(page: Page): EndReason {
  const state = page.state();
  if (state.state !== 'ended') throw new Error(`a page is still ${state.state}`);
  return state.reason;
}

function calleeEnd(device: Person, callId: string, wasBusy: boolean): CalleeEnd {
  const page = device.pages.find((one) => one.callId === callId);
  if (page) {
    const reason = endOf(page);
    return reason === 'answered-elsewhere' ? 'left-to-another-device' : reason;
  }
  const recorded = device.recorded.find((one) => one.callId === callId);
  if (!recorded) return 'nothing';
  return wasBusy ? 'was-busy' : (recorded.outcome as CalleeEnd);
}

export class StormyCall {
  readonly #world: SimulatedWorld;
  readonly #links: FakeLinks;
  readonly #isFair: boolean;
  #someoneDies = false;

  constructor(seed: number) {
    this.#world = new SimulatedWorld(seed, {
      relays: 2 + (seed % 2),
      weather: { lose: 0, double: 0.3, maxDelayMs: 150 },
    });
    this.#links = new FakeLinks(this.#world.clock);
    this.#isFair = this.#oneIn(5);
  }

  /** @throws when somebody is stuck. */
  async play(): Promise<CallStory> {
    const { world, links } = { world: this.#world, links: this.#links };
    const urls = world.relays.map(({ url }) => url);
    const relays = urls.slice(urls.length - 2);
    const alice = await Person.make(world, links, 'Alice', { relays: urls.slice(0, 2) });
    const bob = await Person.make(world, links, 'Bob', { relays });
    const laptop = this.#oneIn(3) ? [await Person.make(world, links, 'Bob', { device: 'laptop', relays })] : [];
    const devices = [bob, ...laptop];
    alice.knows(bob);
    for (const device of devices) device.knows(alice);
    if (this.#isFair) links.gathering = this.#oneIn(2) ? 'late' : 'at-once';
    else {
      brewStorm(world, 70_000);
      if (this.#oneIn(20)) for (const relay of world.relays) relay.crash(world.chance(120_000));
      const isAway = this.#oneIn(20);
      for (const device of devices) {
        if (isAway) device.killBackground();
        else if (this.#oneIn(3)) this.#letDie(device);
      }
      links.isBlocked = this.#oneIn(10);
    }
    const busy = this.#oneIn(10) ? bob : undefined;
    if (busy)
      busy.held = {
        ...{ callId: 'other', contactId: 'carol', contactName: 'Carol', direction: 'outgoing', linked: false },
        ...{ tabId: 1, page: 'page' },
      };
    for (const device of devices) this.#letDecide(device, alice);

    const page = await alice.call(bob);
    const { callId } = page;
    if (this.#oneIn(4)) this.#later(60_000, () => page.hangUp());
    const pages = (): Page[] => [page, ...devices.flatMap((device) => device.pages)];
    const rings = (device: Person): boolean => [...device.rang.values()].some(({ ms }) => ms === undefined);
    await world.until(
      () => pages().every(isSettled) && !devices.some(rings),
      'the end or the connection of every page, and of every ring,',
      longestCallMs,
    );
    const up = pages().filter((one) => one.state().state === 'connected');
    await world.pass(world.chance(5_000));
    up[world.chance(up.length)]?.hangUp();
    // What is still on its way must not wake anything up again.
    await world.pass(longestCallMs + lastWordMs);
    return {
      linksConnected: links.connected,
      callerEnd: endOf(page),
      calleeEnds: devices.map((device) => calleeEnd(device, callId, device === busy)),
      devices,
      callId,
      nothingWasLost: this.#isFair && !this.#someoneDies,
    };
  }

  /** Now or at any later time. */
  #later(withinMs: number, act: () => void): void {
    this.#world.clock.after(this.#world.chance(this.#oneIn(2) ? withinMs : 3_000), act);
  }

  #letDecide(device: Person, caller: Person): void {
    device.onRing = (callId) => {
      const decision = ['accept', 'accept', 'accept', 'decline', 'nothing'][this.#world.chance(5)];
      this.#later(50_000, () => {
        // The ring may be over by then: there is nothing to accept.
        if (decision === 'accept') device.accept(caller, callId).catch(() => undefined);
        else if (decision === 'decline') void device.decline(callId);
      });
    };
  }

  /** Once or twice, in the middle of a step or between two. */
  #letDie(device: Person): void {
    const { clock } = this.#world;
    const chance = (limit: number): number => this.#world.chance(limit);
    this.#someoneDies = true;
    let at = 0;
    for (let deaths = 1 + chance(2); deaths > 0; deaths--) {
      at += chance(25_000);
      const diesAtCall = this.#oneIn(2) ? 1 + chance(25) : undefined;
      const deadMs = chance(24_000);
      clock.after(at, () => {
        if (diesAtCall === undefined) device.killBackground();
        else void device.wake(diesAtCall);
        clock.after(deadMs, () => void device.wake());
      });
      at += deadMs;
    }
  }

  #oneIn(times: number): boolean {
    return this.#world.chance(times) === 0;
  }
}
