// Whether two of a call reach each other after it, where they are no contacts yet: a button, and what it has brought about.
import { UserPlus } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { CardState } from '../model/card-state.ts';
import { useGroup } from '../model/group-context.ts';
import type { GroupActions } from '../model/group-model.ts';

interface Props {
  readonly id: string;
  readonly name: string;
  readonly state: CardState;
  readonly actions: Pick<GroupActions, 'addToContacts'>;
}

export function ContactCard({ id, name, state, actions }: Props) {
  const isGuest = useGroup()?.isGuest === true;
  if (state === 'contact' || isGuest) return null;
  return (
    <div class="contact-card">
      <p class="hint" role="status">
        {state === 'offered' ? text('groupCardOffered', name) : null}
        {state === 'given' ? text('groupCardGiven', name) : null}
      </p>
      {state === 'given' ? null : (
        <button
          type="button"
          class="button answer"
          aria-label={text('groupAddNameToContacts', name)}
          title={text('groupCardMeaning', name)}
          onClick={() => actions.addToContacts(id)}
        >
          <UserPlus size={16} aria-hidden="true" />
          <span>{text('groupAddToContacts')}</span>
        </button>
      )}
    </div>
  );
}
