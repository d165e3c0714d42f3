// Whatever members do, honest ones and liars: who forks, dates back, hides what they saw, writes after they were shown out. The same set of
// entries is the same room; what must never be, never is; and the plain model says the same.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writerOf } from '../../../src/core/room/entry.ts';
import { knows, type Placed, RoomGraph } from '../../../src/core/room/graph.ts';
import { RoomView } from '../../../src/core/room/room-view.ts';
import { RoomModel } from '../../support/doubles/room-model.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';
import { admit, deviceOf, found, keyOf, Replica, remove, say, shown } from '../../support/worlds/room-history.ts';

/** D and E lie; X is let in by nobody honest; A has two devices. */
const people = ['F', 'A', 'B', 'C', 'D', 'E', 'X'] as const;
const writers = [...people.map((name) => ({ name, device: 0 })), { name: 'A', device: 1 }] as const;
const liars: ReadonlySet<string> = new Set(['D', 'E']);

const step = fc.record({
  who: fc.nat(writers.length - 1),
  does: fc.constantFrom(
    ...([
      'admit',
      'remove',
      'vote',
      'vote',
      'close',
      'leave',
      'policy',
      'say',
      'say',
      'meet',
      'meet',
      'meet',
      'item',
    ] as const),
  ),
  whom: fc.nat(5),
  choice: fc.nat(1),
  lies: fc.constantFrom('fork', 'back-date', 'no', 'no'),
  chance: fc.nat(1_000),
});
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
const history = fc.array(step, { minLength: 20, maxLength: 70, size: 'max' });

interface World {
  readonly replicas: readonly Replica[];
  readonly all: readonly Placed[];
}

function live(steps: readonly Step[]): World {
  const replicas = writers.map(() => new Replica());
  const [first] = replicas;
  if (!first) throw new Error('nobody');
  first.write('F', found);
  const ballots = ['c1', 'c2'].map((question) => first.write('F', ballot(question)).id);
  for (const name of ['A', 'B', 'D'] as const) first.write('F', admit(name, name === 'B' ? 'member' : 'steward'));
  const item = first.write('F', { k: 'item', title: 'Budget', order: 'V' }).id;
  for (const replica of replicas) replica.learnFrom(first);
  for (const one of steps) {
    const [replica, writer] = [replicas[one.who], writers[one.who]];
    if (!replica || !writer) continue;
    if (one.does === 'meet') {
      const other = replicas[one.chance % replicas.length];
      if (other && other !== replica) meet(replica, other);
    } else act(replica, writer, one, ballots, item);
  }
  for (let round = 0; round < 2; round++)
    for (const one of replicas) for (const other of replicas) if (one !== other) one.learnFrom(other);
  return { replicas, all: [...first.graph.all()] };
}

function meet(one: Replica, other: Replica): void {
  one.learnFrom(other);
  other.learnFrom(one);
}

function act(
  replica: Replica,
  { name, device }: (typeof writers)[number],
  one: Step,
  ballots: readonly string[],
  item: string,
): void {
  const isLiar = liars.has(name);
  const member = replica.view.show('people')?.members.get(keyOf(name));
  if (!isLiar && (!member || (['admit', 'remove', 'close', 'policy'].includes(one.does) && member.role !== 'steward')))
    return;
  if (one.does === 'leave' && (name === 'F' || one.chance > 300)) return;
  const of = ballots[one.choice] ?? '';
  const whom = people[1 + (one.whom % 5)] ?? 'A';
  const body = {
    admit: admit(whom, one.choice === 0 ? 'member' : 'steward'),
    remove: remove(isLiar ? (people[one.whom] ?? 'F') : whom),
    vote: { k: 'vote', of, choice: one.chance % 2 },
    close: { k: 'close', of },
    leave: { k: 'leave' },
    policy: { k: 'policy', admit: one.choice === 0 ? 'members' : 'stewards' },
    say: say(`${one.chance}`),
    item: { k: 'item-set', of: item, title: `${one.chance}` },
    meet: {},
  }[one.does] as { k: string };
  replica.try(name, body, { device, ...(isLiar ? lie(replica, name, one) : {}) });
}

/** Another history, or one that hides what its writer has seen. */
function lie(replica: Replica, name: string, { lies, chance }: Step): { before?: string; see?: readonly string[] } {
  const own = [...replica.graph.all()].filter(
    ({ writer }) => writer === writerOf({ author: keyOf(name), device: deviceOf(0) }),
  );
  const all = [...replica.graph.all()];
  if (lies === 'back-date' && own.length > 0) return { see: [] };
  if (lies !== 'fork' || own.length === 0) return {};
  const before = own[chance % own.length];
  const seen = all[chance % all.length];
  return { before: before?.id ?? '', see: seen ? [seen.id] : [] };
}

const ballot = (question: string) => ({
  k: 'ballot',
  question,
  choices: ['yes', 'no'],
  pass: { share: 51, of: 'votes', quorum: 0 },
  hide: false,
});

/** The same entries, come in another order and in batches. */
function replayed(all: readonly Placed[], seed: number): { readonly graph: RoomGraph; readonly view: RoomView } {
  const graph = new RoomGraph();
  const view = new RoomView(graph);
  const random = (i: number) => Math.imul(seed + i + 1, 2_654_435_761) >>> 0;
  let rest = all
    .map((entry, i) => [random(i), entry] as const)
    .sort(([a], [b]) => a - b)
    .map(([, entry]) => entry);
  while (rest.length > 0) {
    const placed: Placed[] = [];
    rest = rest.filter((entry) => {
      const result = graph.take(entry);
      if (result.state === 'taken') placed.push(result.entry);
      return result.state === 'waits';
    });
    if (placed.length === 0) throw new Error('something is missing');
    for (let at = 0; at < placed.length; at += 1 + (seed % 7)) view.add(placed.slice(at, at + 1 + (seed % 7)));
  }
  return { graph, view };
}

const runs = { numRuns: fuzzRuns(100) };

test('who has the same entries has the same room, in whatever order they came, and knows of the same forks', () => {
  fc.assert(
    fc.property(history, fc.nat(1_000_000), (steps, seed) => {
      const { replicas, all } = live(steps);
      const sets = replicas.map((one) =>
        [...one.graph.all()]
          .map(({ id }) => id)
          .sort()
          .join(),
      );
      expect(new Set(sets).size).toBe(1);
      const first = shown(new RoomView(replicas[0]?.graph ?? new RoomGraph()));
      for (const one of replicas) expect(shown(one.view)).toBe(first);
      const { graph, view } = replayed(all, seed);
      expect(shown(view)).toBe(first);
      expect(graph.heads()).toEqual(replicas[0]?.graph.heads());
    }),
    runs,
  );
});

test('the founder stands, a stranger is in no view, a member has one vote, counts grow along every past', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { replicas, all } = live(steps);
      const view = replicas[0]?.view;
      const { members } = view?.show('people') ?? {};
      expect(members?.get(keyOf('F'))?.role).toBe('steward');
      expect(all.filter(({ author }) => author === keyOf('X'))).toEqual([]);
      for (const { now, closings } of view?.show('ballots') ?? [])
        for (const { votes, members: electorate, sums } of [now, ...closings]) {
          for (const who of votes.keys()) expect(electorate.has(who)).toBe(true);
          expect(sums.reduce((sum, one) => sum + one, 0)).toBeLessThanOrEqual(electorate.size);
        }
      for (const one of all)
        for (const id of [one.before, ...one.heads]) {
          const behind = all.find((other) => other.id === id);
          if (behind) expect(behind.n < one.n && knows(one, behind) && !knows(behind, one)).toBe(true);
        }
    }),
    runs,
  );
});

test('what a closing says is the same in every set that holds it', () => {
  fc.assert(
    fc.property(history, fc.nat(1_000_000), (steps, seed) => {
      const { replicas, all } = live(steps);
      const closings = (view: RoomView) =>
        new Map(
          view
            .show('ballots')
            .flatMap((one) => one.closings)
            .map((one) => [one.entry, shownCount(one)]),
        );
      const whole = closings(replicas[0]?.view ?? new RoomView(new RoomGraph()));
      for (const close of all.filter(({ kind }) => kind === 'close')) {
        const some = all.filter((one, i) => knows(close, one) || one.n <= close.n + ((seed + i) % 5));
        const part = new RoomGraph();
        for (const one of some) part.take(one);
        const inPart = closings(new RoomView(part)).get(close.id);
        const inWhole = whole.get(close.id);
        if (inPart !== undefined && inWhole !== undefined) expect(inPart).toBe(inWhole);
      }
    }),
    runs,
  );
});

const shownCount = (count: {
  votes: ReadonlyMap<string, unknown>;
  members: ReadonlySet<string>;
  sums: readonly number[];
  passed: number | undefined;
}) => JSON.stringify([[...count.votes].sort(), [...count.members].sort(), count.sums, count.passed]);

test('what somebody wrote who was out, and nobody who stood has seen, changes nothing', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { all } = live(steps);
      const graph = new RoomGraph();
      for (const entry of all) graph.take(entry);
      const view = new RoomView(graph);
      // Leaving is everybody's own and needs nobody who stands.
      const fit = [...graph.all()].filter((entry) => entry.kind === 'leave' || view.isFit(entry));
      const isSeen = (entry: Placed) => fit.some((other) => knows(other, graph.get(entry.id) ?? entry));
      const unseen = all.filter((entry) => !isSeen(entry));
      const without = new RoomGraph();
      for (const entry of all) if (!unseen.includes(entry)) without.take(entry);
      const text = (one: RoomView) =>
        JSON.stringify([
          one.show('conversation'),
          [...(one.show('people')?.members.keys() ?? [])],
          one.show('agenda'),
          one.show('ballots').map(shownNow),
        ]);
      expect(text(new RoomView(without))).toBe(text(view));
    }),
    runs,
  );
});

const shownNow = ({ now }: { now: Parameters<typeof shownCount>[0] }) => shownCount(now);

test('the plain model says the same of members, words, votes and results', () => {
  fc.assert(
    fc.property(history, (steps) => {
      const { replicas, all } = live(steps);
      const view = replicas[0]?.view ?? new RoomView(new RoomGraph());
      const model = new RoomModel(all).view();
      const members = [...(view.show('people')?.members.values() ?? [])];
      expect(members.map(({ id }) => id).sort()).toEqual(model.members);
      expect(
        members
          .filter(({ role }) => role === 'steward')
          .map(({ id }) => id)
          .sort(),
      ).toEqual(model.stewards);
      expect(view.show('conversation').map(({ id }) => id)).toEqual(model.said);
      for (const { id, now, closings } of view.show('ballots')) {
        const ofMembers = Object.entries(model.votes[id] ?? {}).filter(([who]) => model.members.includes(who));
        expect(plainVotes(now.votes)).toEqual(Object.fromEntries(ofMembers));
        expect(closings[0]?.entry).toBe(model.closed[id]?.by);
        if (closings[0]) expect(plainVotes(closings[0].votes)).toEqual(model.closed[id]?.votes);
      }
    }),
    runs,
  );
});

const plainVotes = (votes: ReadonlyMap<string, 'contradictory' | { readonly choice: number }>) =>
  Object.fromEntries([...votes].map(([who, vote]) => [who, vote === 'contradictory' ? vote : vote.choice]));

test('these histories have forks, removals, late words and closings in them', () => {
  const seen = { forks: 0, removals: 0, late: 0, closings: 0, contradictory: 0 };
  for (const steps of fc.sample(history, { numRuns: 60, seed: 1 })) {
    const { replicas, all } = live(steps);
    const view = replicas[0]?.view ?? new RoomView(new RoomGraph());
    seen.forks += view.evidence.length;
    seen.removals += all.filter(({ kind }) => kind === 'remove').length;
    const said = new Set(view.show('conversation').map(({ id }) => id));
    seen.late += all.filter((entry) => said.has(entry.id) && !view.sight.stood(entry)).length;
    for (const { closings, now } of view.show('ballots')) {
      seen.closings += closings.length;
      seen.contradictory += [...now.votes.values()].filter((vote) => vote === 'contradictory').length;
    }
  }
  expect(Object.entries(seen).filter(([, count]) => count === 0)).toEqual([]);
});
