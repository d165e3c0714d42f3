// The link by which people without a place in the call may ask to be let in.
import { Link } from 'lucide-preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { CopyButton } from '../../ui/copy-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';

export function GuestLink({ group }: { readonly group: Group }) {
  const link = group.model.guestLink.value;
  const [wasAsked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const fieldId = useId();
  useEffect(() => {
    if (wasAsked && link !== undefined) field.current?.focus();
  }, [wasAsked, link]);
  if (link === undefined)
    return (
      <button
        type="button"
        class="button"
        onClick={() => {
          setAsked(true);
          group.actions.makeGuestLink();
        }}
      >
        <Link size={18} aria-hidden="true" />
        {text('groupMakeLink')}
      </button>
    );
  return (
    <div class="field guest-link">
      <label for={fieldId}>{text('groupGuestLink')}</label>
      <div class="guest-link-row">
        <input
          ref={field}
          id={fieldId}
          class="input mono"
          readOnly
          value={link}
          onFocus={({ currentTarget }) => currentTarget.select()}
        />
        <CopyButton
          label={text('groupCopyLink')}
          content={link}
          copied={text('groupLinkCopied')}
          onFailed={() => field.current?.select()}
        />
      </div>
      <p class="hint">{text('groupGuestLinkHint')}</p>
    </div>
  );
}
