import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bridges, forwardersTo } from '../../../src/core/group/bridging.ts';
import { bothSay, type Roster, type RosterEntry } from '../../../src/core/group/roster.ts';

interface Says {
  readonly links?: readonly string[];
  readonly lacks?: readonly string[];
  readonly here?: boolean;
}

function rosterOf(people: Readonly<Record<string, Says>>): Roster {
  const key = new Uint8Array(32);
  return new Map(
    Object.entries(people).map(([id, { links = [], lacks = [], here = true }]) => {
      const own = {
        id,
        ed25519: key,
        x25519: key,
        ek: key,
        ask: '',
        heard: [],
        n: 1,
        name: id,
        relays: [],
        calling: [],
        hand: false,
        locked: false,
      };
      const entry: RosterEntry = { ...own, here, links, lacks };
      return [id, { entry, signed: { e: '', s: '' } }];
    }),
  );
}

describe('two who lack each other', () => {
  it('are bridged by whoever is linked to both', () => {
    const roster = rosterOf({
      a: { links: ['b', 'c'] },
      b: { links: ['a'], lacks: ['c'] },
      c: { links: ['a'], lacks: ['b'] },
    });
    expect(bridges(roster)).toEqual([{ by: 'a', between: ['b', 'c'], withPictures: true }]);
    expect([...forwardersTo(bridges(roster), 'b')]).toEqual([['c', 'a']]);
    expect([...forwardersTo(bridges(roster), 'c')]).toEqual([['b', 'a']]);
    expect([...forwardersTo(bridges(roster), 'a')]).toEqual([]);
  });

  it.each([
    ['only one of them says so', { b: { links: ['a'], lacks: ['c'] }, c: { links: ['a'] } }],
    ['one has left', { b: { links: ['a'], lacks: ['c'] }, c: { links: ['a'], lacks: ['b'], here: false } }],
    ['one has no link to the third', { b: { links: ['a'], lacks: ['c'] }, c: { lacks: ['b'] } }],
  ])('are not where %s', (_, people: Readonly<Record<string, Says>>) => {
    expect(bridges(rosterOf({ a: { links: ['b', 'c'] }, ...people }))).toEqual([]);
  });

  it('are shared out: whoever bridges fewer comes first, then the smaller id', () => {
    const roster = rosterOf({
      a: { links: ['c', 'd', 'e', 'f'] },
      b: { links: ['c', 'd', 'e', 'f'] },
      c: { links: ['a', 'b'], lacks: ['d', 'e'] },
      d: { links: ['a', 'b'], lacks: ['c', 'e'] },
      e: { links: ['a', 'b'], lacks: ['c', 'd'] },
    });
    expect(bridges(roster).map(({ by, between }) => `${between.join('')} ${by}`)).toEqual(['cd a', 'ce b', 'de a']);
  });

  it('hear each other in any case, and see each other through one that has few to help', () => {
    const others = ['b', 'c', 'd', 'e'];
    const lacking = others.map((id) => [id, { links: ['a'], lacks: others.filter((one) => one !== id) }]);
    const plan = bridges(rosterOf({ a: { links: others }, ...Object.fromEntries(lacking) }));
    expect(plan.map(({ withPictures }) => withPictures)).toEqual([true, true, true, false, false, false]);
  });
});

describe('any roster', () => {
  const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const some = fc.subarray(ids);
  const person = fc.record({ links: some, lacks: some, here: fc.boolean() });
  const anyRoster = fc
    .tuple(...ids.map(() => person))
    .map((people) => rosterOf(Object.fromEntries(ids.map((id, i) => [id, people[i] ?? {}]))));

  it('each pair that lacks each other and has a neighbour in common has exactly one bridge, and no other pair has one', () => {
    fc.assert(
      fc.property(anyRoster, (roster) => {
        const plan = bridges(roster);
        for (const [at, one] of ids.entries())
          for (const other of ids.slice(at + 1)) {
            const helpers = ids.filter(
              (id) => bothSay(roster, 'links', id, one) && bothSay(roster, 'links', id, other),
            );
            const wanted = bothSay(roster, 'lacks', one, other) && helpers.length > 0 ? 1 : 0;
            const found = plan.filter(({ between }) => between.join() === `${one},${other}`);
            expect(found).toHaveLength(wanted);
            for (const { by } of found) expect(helpers).toContain(by);
          }
      }),
    );
  });

  it('leads to the same plan, in whatever order its entries came', () => {
    fc.assert(
      fc.property(anyRoster, fc.shuffledSubarray(ids, { minLength: ids.length }), (roster, order) => {
        const shuffled = new Map(order.flatMap((id) => [...roster].filter(([one]) => one === id)));
        expect(bridges(shuffled)).toEqual(bridges(roster));
      }),
    );
  });
});
