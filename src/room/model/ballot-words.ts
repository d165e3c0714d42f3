// What came of a vote, and what it needs, in sentences.
import type { Ballot } from '../../core/room/ballot.ts';
import { plural, text } from '../../ui/texts/text.ts';

/** Of a vote that is closed. '' while it is open. */
export function resultWords({ closings: [closing], choices }: Ballot): string {
  if (!closing) return '';
  const { passed, hasQuorum } = closing;
  const choice = passed === undefined ? undefined : choices[passed];
  if (choice !== undefined) return text('roomResultPassed', choice);
  return text(hasQuorum ? 'roomResultNone' : 'roomResultNoQuorum');
}

/** What a choice needs to pass. */
export function needWords({ pass }: Pick<Ballot, 'pass'>): string {
  const needs = text(pass.of === 'members' ? 'roomNeedsOfMembers' : 'roomNeedsOfVotes', String(pass.share));
  return pass.quorum === 0 ? needs : `${needs} ${text('roomNeedsQuorum', String(pass.quorum))}`;
}

/** How many of the members have voted. */
export function turnoutWords({ votes, members }: Ballot['now']): string {
  const given = [...votes.values()].filter((vote) => vote !== 'contradictory').length;
  return plural('roomTurnout', members.size, String(given));
}
