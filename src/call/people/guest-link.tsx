// The link by which people without a place in the call may ask to be let in.
import { Check, Copy, Link } from 'lucide-preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { Group } from '../model/group-context.ts';

type Copied = 'no' | 'yes' | 'failed';

export function GuestLink({ group }: { readonly group: Group }) {
  const link = group.model.guestLink.value;
  const [copied, setCopied] = useState<Copied>('no');
  const [wasAsked, setAsked] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const fieldId = useId();
  useEffect(() => {
    if (wasAsked && link !== undefined) field.current?.focus();
  }, [wasAsked, link]);
  const copy = () => {
    navigator.clipboard.writeText(link ?? '').then(
      () => setCopied('yes'),
      // The person copies by hand then.
      () => {
        field.current?.select();
        setCopied('failed');
      },
    );
  };
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
        <button type="button" class="button" onClick={copy}>
          {copied === 'yes' ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
          {text('groupCopyLink')}
        </button>
      </div>
      <p class="hint">{text('groupGuestLinkHint')}</p>
      <p class="hint" role="status">
        {copied === 'yes' ? text('groupLinkCopied') : copied === 'failed' ? text('groupLinkNotCopied') : ''}
      </p>
    </div>
  );
}
