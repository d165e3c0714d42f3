// Asks where a link is to lead.
import { useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import { maxLink } from '../../core/room/reading/note-lines.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { farLink } from '../../ui/far-link.ts';
import { text } from '../../ui/texts/text.ts';
import { TextField } from '../parts/text-field.tsx';

interface LinkProps {
  readonly href: string;
  readonly onSet: (href: string) => void;
  readonly onClose: () => void;
}

/** What people type of an address, as an address. */
function addressOf(typed: string): string | undefined {
  const words = typed.trim();
  const isMail = /^[^\s@/:]+@[^\s@/:]+$/.test(words);
  const whole = /^[a-z][a-z0-9+.-]*:/i.test(words) ? words : isMail ? `mailto:${words}` : `https://${words}`;
  return words === '' ? undefined : farLink(whole)?.href;
}

export function LinkDialog({ href, onSet, onClose }: LinkProps) {
  const typed = useSignal(href);
  const isWrong = useSignal(false);
  const problemId = useId();
  return (
    <Dialog title={text('roomNoteLink')} onClose={onClose}>
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const address = addressOf(typed.value);
          if (address === undefined || address.length > maxLink) isWrong.value = true;
          else onSet(address);
        }}
      >
        <TextField label={text('roomNoteAddress')} typed={typed} maxLength={maxLink} aria-invalid={isWrong.value} />
        {isWrong.value ? (
          <p class="problem" id={problemId} role="alert">
            {text('roomNoteAddressWrong')}
          </p>
        ) : null}
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomNoteLinkSet')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
