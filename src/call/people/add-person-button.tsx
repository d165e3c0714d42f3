// The button in the bar that brings somebody into the call.
import { UserPlus } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { useGroup } from '../model/group-context.ts';

export function AddPersonButton() {
  const group = useGroup();
  if (!group || group.isGuest) return null;
  return (
    <button
      type="button"
      class="round-button"
      aria-haspopup="dialog"
      title={text('groupAddPerson')}
      onClick={group.onAdd}
    >
      <UserPlus aria-hidden="true" />
    </button>
  );
}
