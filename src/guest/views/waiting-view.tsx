// The door is not open: it opens later, or the time of the invitation is over.
import { formatTag, text } from '../../ui/texts/text.ts';
import type { VisitModel } from '../model/visit-model.ts';
import { GuestSheet } from './guest-sheet.tsx';

/** A moment as people write it: with its day, in their own time. */
export const momentWords = (at: number): string =>
  new Intl.DateTimeFormat(formatTag(), { dateStyle: 'full', timeStyle: 'short' }).format(at);

export function EarlyView({ model }: { readonly model: VisitModel }) {
  const { opensAt = 0, title } = model.invitation.value;
  return (
    <GuestSheet hasLanguages title={title ?? text('guestEarly')} pageHost={model.pageHost.value}>
      <p class="guest-advice">{text('guestEarlyAdvice', momentWords(opensAt))}</p>
    </GuestSheet>
  );
}

export function ClosedView({ model }: { readonly model: VisitModel }) {
  const { closesAt = 0 } = model.invitation.value;
  return (
    <GuestSheet title={text('guestClosed')} pageHost={model.pageHost.value}>
      <p class="guest-advice">{text('guestClosedAdvice', momentWords(closesAt))}</p>
    </GuestSheet>
  );
}
