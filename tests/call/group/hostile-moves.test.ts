// Somebody in the call does anything in any order, with a program of their own (docs/hostile-cases.md, E.70 to E.79).
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toHex } from '../../../src/core/base/bytes.ts';
import { type RosterEntry, signEntry } from '../../../src/core/group/roster.ts';
import { limitMs } from '../../../tools/machine/limits.mjs';
import { asks, day, entryOf, identity, passTo, sybils, text16 } from '../../support/samples/hostile-entries.ts';
import { fuzzRuns, type TestIdentity } from '../../support/samples/test-identity.ts';
import { HostileMember, type MeshMember, MeshWorld } from '../../support/worlds/mesh-world.ts';

/** What a member with a program of their own does next. */
type Move =
  | {
      readonly do: 'sybils';
      readonly from: number;
      readonly count: number;
      readonly aheadMs: number;
      readonly here: boolean;
    }
  | {
      readonly do: 'claim';
      readonly sybils: number;
      readonly lacks: boolean;
      readonly here: boolean;
      readonly locked: boolean;
    }
  | { readonly do: 'replay'; readonly from: number; readonly count: number }
  | { readonly do: 'forge'; readonly at: number }
  | { readonly do: 'pass'; readonly to: number; readonly count: number; readonly characters: number }
  | { readonly do: 'react'; readonly count: number }
  | { readonly do: 'wait'; readonly ms: number };

const moves: fc.Arbitrary<Move> = fc.oneof(
  fc.record({
    do: fc.constant('sybils' as const),
    from: fc.nat(89),
    count: fc.integer({ min: 1, max: 60 }),
    aheadMs: fc.constantFrom(-day, 0, 3_600_000, 6 * 3_600_000),
    here: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('claim' as const),
    sybils: fc.nat(4),
    lacks: fc.boolean(),
    here: fc.boolean(),
    locked: fc.boolean(),
  }),
  fc.record({ do: fc.constant('replay' as const), from: fc.nat(500), count: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant('forge' as const), at: fc.nat(500) }),
  fc.record({
    do: fc.constant('pass' as const),
    to: fc.nat(4),
    count: fc.integer({ min: 1, max: 100 }),
    characters: fc.constantFrom(4, 4_000, 44_000),
  }),
  fc.record({ do: fc.constant('react' as const), count: fc.integer({ min: 1, max: 100 }) }),
  fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(10, 500, 5_000, 70_000) }),
);

/** Makes the moves of a hostile member against a world whose entries it keeps. */
class Hostility {
  readonly #world: MeshWorld;
  readonly #member: HostileMember;
  readonly #honest: readonly MeshMember[];
  #n = 0;

  constructor(world: MeshWorld, member: HostileMember, honest: readonly MeshMember[]) {
    this.#world = world;
    this.#member = member;
    this.#honest = honest;
  }

  async make(move: Move): Promise<void> {
    const { clock } = this.#world;
    switch (move.do) {
      case 'sybils':
        for (let i = 0; i < move.count; i++) {
          const sybil = sybils[(move.from + i) % sybils.length] as TestIdentity;
          const n = Math.max(1, clock.now() + move.aheadMs + this.#n++);
          await this.#sign(sybil, { n, here: move.here, links: [this.#member.id], heard: this.#asks(), locked: false });
        }
        return;
      case 'claim': {
        const crowd = sybils.slice(0, move.sybils).map(({ ed25519 }) => toHex(ed25519));
        const honest = this.#honest.map(({ id }) => id);
        const links = [...honest.slice(0, 3), ...crowd].slice(0, 7);
        const { here, locked } = move;
        const lacks = move.lacks ? honest : [];
        const n = clock.now() + this.#n++;
        await this.#sign(this.#member.identity, { n, here, locked, links, lacks, heard: this.#asks(), ask: text16(9) });
        return;
      }
      case 'replay':
        for (const entry of this.#world.entries.slice(move.from, move.from + move.count))
          this.#member.say({ t: 'entry', ...entry });
        return;
      case 'forge': {
        const entry = this.#world.entries[move.at % this.#world.entries.length];
        if (!entry) return;
        const said = JSON.parse(entry.e);
        const e = JSON.stringify({ ...said, n: said.n + 1_000, here: false, links: [] });
        this.#member.say({ t: 'entry', e, s: entry.s });
        return;
      }
      case 'pass': {
        const to = this.#honest[move.to]?.id ?? 'e'.repeat(64);
        for (let i = 0; i < move.count; i++) this.#member.say(passTo(to, this.#n++, move.characters));
        return;
      }
      case 'react':
        for (let i = 0; i < move.count; i++) this.#member.say({ t: 'react', emoji: '👏' });
        return;
      case 'wait':
        await this.#world.pass(move.ms);
    }
  }

  #asks(): readonly string[] {
    return asks(this.#world).slice(-20);
  }

  async #sign(author: TestIdentity, change: Partial<RosterEntry>): Promise<void> {
    const signer = this.#world.signer(author);
    this.#member.say({ t: 'entry', ...(await signEntry(signer, entryOf(author, change))) });
  }
}

// Seen to fail with nobody kept before others.
test('whatever somebody in the call says: the others see each other and what each says, and send little more than they get', {
  timeout: limitMs(60_000),
}, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(moves, { maxLength: 12 }), async (plan) => {
      const world = new MeshWorld(true);
      const honest = [1, 2, 3, 4].map((at) => world.member(identity(at), `P${at}`, (at - 2) * 3_600_000));
      const [first, second, third, fourth] = honest as [MeshMember, MeshMember, MeshMember, MeshMember];
      world.link(first, second);
      world.link(second, third);
      world.link(first, third);
      const m = new HostileMember(world, identity(0));
      for (const one of [first, second, third]) m.linkTo(one);
      await world.settle();
      const hostility = new Hostility(world, m, honest);
      for (const [turn, move] of plan.entries()) {
        await hostility.make(move);
        // One comes in the middle, whom only the first can reach.
        if (turn === Math.floor(plan.length / 2)) world.link(first, fourth);
      }
      if (plan.length === 0) world.link(first, fourth);
      const busy = honest.map(({ bytesIn, bytesOut }) => [bytesIn, bytesOut] as const);
      third.mesh.state({ hand: true, locked: true });
      fourth.mesh.state({ hand: true });
      await world.pass(20_000);
      for (const one of honest) {
        for (const other of honest) if (other !== one) expect([...one.mesh.people()]).toContain(other.id);
        for (const [who, hand] of [
          [first, false],
          [third, true],
          [fourth, true],
        ] as const)
          expect(one.mesh.entry(who.id)).toMatchObject({ hand, here: true });
        expect(one.mesh.entry(third.id)?.locked).toBe(true);
        expect(one.mesh.people().size).toBeLessThanOrEqual(7);
      }
      for (const [bytesIn, bytesOut] of busy) expect(bytesOut).toBeLessThan(8 * bytesIn + 200_000);
    }),
    { numRuns: fuzzRuns(25) },
  );
});
