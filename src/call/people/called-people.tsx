// Those who are called together, one line each: who, and once they are called where each of them stands.

import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import { endReasonTexts } from '../model/end-reason-texts.ts';
import type { Participant } from '../model/group-model.ts';
import { nameOf, presenceWords } from '../model/presence.ts';

interface Props {
  readonly people: readonly Participant[];
  readonly showsState?: boolean;
}

export function CalledPeople({ people, showsState = false }: Props) {
  return (
    <ul class="called-people" aria-label={text('groupCalledPeople')}>
      {people.map((participant) => {
        const name = nameOf(participant);
        return (
          <li key={participant.id} class="called-person">
            <Avatar id={participant.id} name={name} />
            <span class="called-name" title={name}>
              <bdi>{name}</bdi>
            </span>
            {showsState && <span class="called-state">{stateWords(participant)}</span>}
          </li>
        );
      })}
    </ul>
  );
}

/** More exact than the presence of somebody who did not come. */
function stateWords(participant: Participant): string {
  const phase = participant.model.phase.value;
  return phase.phase === 'ended'
    ? text(endReasonTexts[phase.reason].short)
    : presenceWords(participant) || text('groupIn');
}
