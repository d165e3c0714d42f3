// Joining does not work from here: why, and what to do instead.
import { ExternalLink } from 'lucide-preact';
import { CopyButton } from '../../ui/copy-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { Lack, VisitActions } from '../model/visit-model.ts';
import { GuestSheet } from './guest-sheet.tsx';

const texts: Readonly<Record<Lack, { readonly title: TextKey; readonly advice: TextKey }>> = {
  framed: { title: 'guestFramed', advice: 'guestFramedAdvice' },
  'not-secure': { title: 'guestNotSecure', advice: 'guestNotSecureAdvice' },
  'in-app': { title: 'guestInApp', advice: 'guestInAppAdvice' },
  'no-calls': { title: 'callNoCalls', advice: 'guestNoCallsAdvice' },
  'too-old': { title: 'guestTooOld', advice: 'guestTooOldAdvice' },
  'no-link': { title: 'guestNoLink', advice: 'guestNoLinkAdvice' },
  'damaged-link': { title: 'guestDamagedLink', advice: 'guestDamagedLinkAdvice' },
  'newer-link': { title: 'guestNewerLink', advice: 'guestNewerLinkAdvice' },
  'contact-link': { title: 'guestContactLink', advice: 'guestContactLinkAdvice' },
  'private-relay': { title: 'guestPrivateRelay', advice: 'guestPrivateRelayAdvice' },
  'not-loaded': { title: 'callNotLoaded', advice: 'guestNotLoadedAdvice' },
};

interface Props {
  readonly why: Lack;
  readonly pageHost: string;
  readonly actions: Pick<VisitActions, 'address'>;
}

export function CannotView({ why, pageHost, actions }: Props) {
  const { title, advice } = texts[why];
  return (
    <GuestSheet hasLanguages title={text(title)} pageHost={pageHost}>
      <p class="guest-advice">{text(advice)}</p>
      {why === 'in-app' && (
        <div class="sheet-actions">
          <CopyButton
            primary
            content={actions.address()}
            label={text('guestCopyAddress')}
            copied={text('guestAddressCopied')}
          />
        </div>
      )}
      {why === 'framed' && (
        <div class="sheet-actions">
          <a class="button large primary" href={actions.address()} target="_blank" rel="noopener noreferrer">
            <ExternalLink size={18} aria-hidden="true" />
            {text('guestOpenAlone')}
          </a>
        </div>
      )}
    </GuestSheet>
  );
}
