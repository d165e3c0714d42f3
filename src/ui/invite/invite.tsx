// An invitation to give away: as a message with a few words around the link, by mail, by whatever the system shares with, into a calendar, as the
// bare link, and as a QR code. What became of a click is said beside the buttons, where nothing is covered by it.
import { useSignal } from '@preact/signals';
import { CalendarPlus, Check, Copy, Mail, Share2 } from 'lucide-preact';
import { useId } from 'preact/hooks';
import { download } from '../files/download.ts';
import { text } from '../texts/text.ts';
import type { TextKey } from '../texts/text-key.ts';
import {
  addressOf,
  type Invitation,
  invitationCalendar,
  invitationText,
  mailAddress,
  subjectOf,
} from './invitation.ts';
import { QrCode } from './qr-code.tsx';

const copiedMs = 2_500;

const words: Readonly<
  Record<Invitation['to'], { readonly field: TextKey; readonly hint: TextKey; readonly qr: TextKey }>
> = {
  person: { field: 'uiMyLink', hint: 'uiLinkHint', qr: 'uiLinkQr' },
  call: { field: 'inviteGuestLink', hint: 'inviteGuestHint', qr: 'inviteGuestQr' },
};

const canShare = (): boolean => typeof navigator.share === 'function';

export function Invite({ invitation }: { readonly invitation: Invitation }) {
  const fieldId = useId();
  /** Which copy was made a moment ago. */
  const copied = useSignal<'none' | 'invitation' | 'link'>('none');
  const outcome = useSignal('');
  const { to, hasRelay } = invitation;
  const address = addressOf(invitation);
  const { field, hint, qr } = words[to];

  const copy = async (what: 'invitation' | 'link', content: string) => {
    try {
      await navigator.clipboard.writeText(content);
      copied.value = what;
      outcome.value = text(what === 'link' ? 'uiLinkCopied' : 'inviteCopied');
      setTimeout(() => {
        if (copied.peek() === what) copied.value = 'none';
      }, copiedMs);
    } catch {
      outcome.value = text('uiCopyFailed');
    }
  };
  const share = async () => {
    try {
      await navigator.share({ title: subjectOf(invitation), text: invitationText(invitation) });
    } catch (error) {
      // Whoever thinks better of it needs no word about it.
      if (!(error instanceof DOMException && error.name === 'AbortError')) outcome.value = text('inviteShareFailed');
    }
  };
  const keep = () => {
    const file = invitationCalendar(invitation, crypto.randomUUID(), Date.now());
    if (file !== undefined) download('invitation.ics', new Blob([file], { type: 'text/calendar;charset=utf-8' }));
  };
  const mark = (what: 'invitation' | 'link') =>
    copied.value === what ? <Check aria-hidden="true" size={18} /> : <Copy aria-hidden="true" size={18} />;

  return (
    <div class="invite">
      {hasRelay ? null : (
        <p class="warning" role="note">
          {text('uiLinkNoRelay')}
        </p>
      )}
      <div class="invite-text">
        <div class="invite-ways">
          <button
            type="button"
            class="button primary"
            onClick={() => void copy('invitation', invitationText(invitation))}
          >
            {mark('invitation')}
            {text('inviteCopy')}
          </button>
          <a class="button" href={mailAddress(invitation)} target="_blank" rel="noreferrer">
            <Mail aria-hidden="true" size={18} />
            {text('inviteMail')}
          </a>
          {canShare() ? (
            <button type="button" class="button" onClick={() => void share()}>
              <Share2 aria-hidden="true" size={18} />
              {text('inviteShare')}
            </button>
          ) : null}
          {invitation.time ? (
            <button type="button" class="button" onClick={keep}>
              <CalendarPlus aria-hidden="true" size={18} />
              {text('inviteCalendar')}
            </button>
          ) : null}
        </div>
        <p class="invite-outcome hint" role="status">
          {outcome.value}
        </p>
        <details>
          <summary>{text('invitePreview')}</summary>
          <p class="invite-preview">{invitationText(invitation)}</p>
        </details>
        <div class="field">
          <label for={fieldId}>{text(field)}</label>
          <textarea
            id={fieldId}
            class="input mono"
            rows={4}
            readOnly
            value={address}
            onFocus={(event) => event.currentTarget.select()}
          />
        </div>
        <div class="actions">
          <button type="button" class="button small" onClick={() => void copy('link', address)}>
            {mark('link')}
            {text('uiCopyLink')}
          </button>
        </div>
        <p class="hint">{text(hint)}</p>
        {invitation.time ? <p class="hint">{text('inviteCalendarHint')}</p> : null}
      </div>
      <QrCode content={address} label={text(qr)} />
    </div>
  );
}
