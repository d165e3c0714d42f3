// Beside the name in a call of two: that this is no contact, how they came, and how to keep them.
import { UserPlus } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';
import { nameOf, originWords } from '../model/presence.ts';

export function StrangerMark({ group }: { readonly group: Group }) {
  const [participant] = group.model.participants.value;
  if (!participant || participant.isContact.value) return null;
  const name = nameOf(participant);
  return (
    <>
      <span class="top-bar-origin">{originWords(participant).join(' · ')}</span>
      <button
        type="button"
        class="button small"
        aria-label={text('groupAddNameToContacts', name)}
        onClick={() => group.actions.addToContacts(participant.id)}
      >
        <UserPlus size={16} aria-hidden="true" />
        {text('groupAddToContacts')}
      </button>
    </>
  );
}
