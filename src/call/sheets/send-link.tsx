// For whoever may not have added us yet: our link, to be sent to them another way.
import { Send } from 'lucide-preact';
import { useId, useState } from 'preact/hooks';
import { Invite } from '../../ui/invite/invite.tsx';
import { text } from '../../ui/texts/text.ts';
import { useOwn } from '../model/own-context.ts';

export function SendLink({ name }: { readonly name: string }) {
  const [isOpen, setOpen] = useState(false);
  const inviteId = useId();
  const invitation = useOwn().model.invitation.value;
  if (!invitation) return null;
  return (
    <section class="send-link">
      <button
        type="button"
        class="button"
        aria-expanded={isOpen}
        aria-controls={inviteId}
        onClick={() => setOpen(!isOpen)}
      >
        <Send size={18} aria-hidden="true" />
        {text('callSendLink', name)}
      </button>
      <div id={inviteId} hidden={!isOpen}>
        {isOpen && <Invite invitation={invitation} />}
      </div>
    </section>
  );
}
