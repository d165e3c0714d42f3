// The button beside a call of two that makes it a call of more.
import { UserPlus } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { text } from '../platform/text.ts';
import { AddPersonDialog } from './add-person-dialog.tsx';
import { useGroup } from './group-context.ts';

export function AddPersonButton() {
  const group = useGroup();
  const [isOpen, setOpen] = useState(false);
  if (!group) return null;
  return (
    <>
      <button
        type="button"
        class="round-button"
        aria-label={text('groupAddPerson')}
        aria-haspopup="dialog"
        title={text('groupAddPerson')}
        onClick={() => setOpen(true)}
      >
        <UserPlus aria-hidden="true" />
      </button>
      {isOpen && <AddPersonDialog group={group} onClose={() => setOpen(false)} />}
    </>
  );
}
