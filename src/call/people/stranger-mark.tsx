// Beside the name in a call of two: that this is no contact, how they came, and how to keep them.
import type { GroupActions, Participant } from '../model/group-model.ts';
import { nameOf, originWords } from '../model/presence.ts';
import { ContactCard } from './contact-card.tsx';

interface Props {
  readonly participant: Participant;
  readonly actions: Pick<GroupActions, 'addToContacts'>;
}

export function StrangerMark({ participant, actions }: Props) {
  const origins = originWords(participant).join(' · ');
  return (
    <>
      {origins && (
        <span class="stage-origin" title={origins}>
          {origins}
        </span>
      )}
      <ContactCard id={participant.id} name={nameOf(participant)} state={participant.card.value} actions={actions} />
    </>
  );
}
