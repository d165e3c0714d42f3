// After a call to several that none of them came to: what became of each.
import { Phone } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import { endReasonTexts } from '../model/end-reason-texts.ts';
import type { Participant } from '../model/group-model.ts';
import type { PageActions } from '../model/person-model.ts';
import { namesOf } from '../model/presence.ts';
import { CalledPeople } from '../people/called-people.tsx';
import { ownReasonOf } from './nobody-came.ts';

interface Props {
  readonly people: readonly Participant[];
  readonly onAgain: (() => void) | undefined;
  readonly page: PageActions;
}

export function NobodyCameView({ people, onAgain, page }: Props) {
  const own = ownReasonOf(people);
  const willHear = people.filter(({ model: { phase } }) => phase.value.phase === 'ended' && phase.value.noteLeft);
  return (
    <main class="call-sheet ended-sheet">
      <ViewHeading>{text(own ? endReasonTexts[own].sentence : 'groupNobodyJoined')}</ViewHeading>
      <CalledPeople people={people} showsState />
      {own && <p class="ended-advice">{text(endReasonTexts[own].advice)}</p>}
      {willHear.length > 0 && <p class="ended-advice">{text('groupNoteLeft', namesOf(willHear))}</p>}
      <div class="sheet-actions">
        <button type="button" class="button large primary" onClick={onAgain}>
          <Phone size={20} aria-hidden="true" />
          {text('callAgain')}
        </button>
        <button type="button" class="button large" onClick={() => page.close()}>
          {text('callClose')}
        </button>
      </div>
    </main>
  );
}
