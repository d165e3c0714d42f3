// Votes of a room (docs/rooms.md#votes): one of each member for each ballot, to be changed until it is closed. What a closing says is made of what
// is in its own past alone, so no vote that comes later, from whatever device, changes a result.
import type { Sight } from './count.ts';
import { inOrder } from './entry.ts';
import { knows, type Placed } from './graph.ts';
import { Past } from './past.ts';
import { isSaid, type RoomFacts, type Said } from './room-facts.ts';

/** A member's vote, or two different ones that did not know of each other: these count for nothing until a third one. */
type Vote =
  | { readonly choice: number; readonly entry: string; readonly at: number; readonly why?: string }
  | 'contradictory';

interface BallotCount {
  /** Person -> vote. Of members only. */
  readonly votes: ReadonlyMap<string, Vote>;
  readonly members: ReadonlySet<string>;
  /** For each choice. */
  readonly sums: readonly number[];
  /** Whether enough have voted, in parts of 100 of the members. */
  readonly hasQuorum: boolean;
  /** The one choice that leads and has what it needs. */
  readonly passed: number | undefined;
}

interface Closing extends BallotCount {
  readonly entry: string;
  readonly by: string;
}

export interface Ballot {
  readonly id: string;
  readonly author: string;
  readonly of?: string;
  readonly question: string;
  readonly choices: readonly string[];
  readonly pass: { readonly share: number; readonly of: 'members' | 'votes'; readonly quorum: number };
  /** When it is planned to be closed. */
  readonly until?: number;
  /** Not to be shown before the closing. */
  readonly hide: boolean;
  /** As of now: of a closed ballot too, where it counts for nothing. */
  readonly now: BallotCount;
  /** The first closing is the result; the others are shown. */
  readonly closings: readonly Closing[];
}

/** All ballots of a room, oldest first. */
export function ballotsOf({ counted, votes: everyVote, sight, seenAt }: RoomFacts): readonly Ballot[] {
  const votes = new Map<string, Said<'vote'>[]>();
  const closings = new Map<string, Said<'close'>[]>();
  // A vote that does not count any more may have counted when a ballot was closed.
  for (const vote of [...everyVote].sort(inOrder)) into(votes, vote.body.of, vote);
  for (const entry of counted) if (isSaid(entry, 'close')) into(closings, entry.body.of, entry);
  return counted.flatMap((entry) => {
    if (!isSaid(entry, 'ballot')) return [];
    const { id, author, body } = entry;
    const { k: _k, of, until, ...rest } = body;
    const cast = (votes.get(id) ?? []).filter((vote) => knows(vote, entry) && vote.body.choice < body.choices.length);
    const mayClose = (close: Placed) => close.author === author || sight.stood(close, 'steward');
    return [
      {
        id,
        author,
        ...(of === undefined ? {} : { of }),
        ...(until === undefined ? {} : { until }),
        ...rest,
        now: countOf(entry, cast, sight),
        closings: (closings.get(id) ?? [])
          .filter((close) => knows(close, entry) && mayClose(close))
          .map((close) => ({ entry: close.id, by: close.author, ...countOf(entry, cast, seenAt(close)) })),
      },
    ];
  });
}

function into<Value>(lists: Map<string, Value[]>, id: string, value: Value): void {
  const list = lists.get(id);
  if (list) list.push(value);
  else lists.set(id, [value]);
}

function countOf({ body }: Said<'ballot'>, votes: readonly Said<'vote'>[], sight: Sight): BallotCount {
  const members = new Set(sight.standing.members().keys());
  const ofPerson = new Map<string, Said<'vote'>[]>();
  for (const vote of votes) if (members.has(vote.author) && sight.stood(vote)) into(ofPerson, vote.author, vote);
  const counted = new Map([...ofPerson].map(([who, all]) => [who, lastOf(all)] as const));
  const sums = body.choices.map(
    (_, i) => [...counted.values()].filter((vote) => vote !== 'contradictory' && vote.choice === i).length,
  );
  const { share, of, quorum } = body.pass;
  const given = sums.reduce((sum, one) => sum + one, 0);
  const hasQuorum = given * 100 >= quorum * members.size;
  const most = Math.max(...sums);
  const leads = sums.filter((sum) => sum === most).length === 1 ? sums.indexOf(most) : undefined;
  const isEnough = most > 0 && most * 100 >= share * (of === 'members' ? members.size : given);
  return { votes: counted, members, sums, hasQuorum, passed: hasQuorum && isEnough ? leads : undefined };
}

/** In their order. The votes of one person that no other one of theirs knows of; from the last down, so that one look each is enough. */
function lastOf(votes: readonly Said<'vote'>[]): Vote {
  let known = Past.none;
  let last: Said<'vote'> | undefined;
  for (const vote of votes.toReversed()) {
    if (knows({ past: known }, vote)) continue;
    if (last && last.body.choice !== vote.body.choice) return 'contradictory';
    last ??= vote;
    known = known.joined(vote.past);
  }
  if (!last) return 'contradictory';
  const { id, at, body } = last;
  return { choice: body.choice, entry: id, at, ...(body.why === undefined ? {} : { why: body.why }) };
}
