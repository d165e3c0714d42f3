// After the visit: how it ended, what can still be saved, that nothing is kept, and how to have calls of one's own.
import { LogIn } from 'lucide-preact';
import { useEffect, useState } from 'preact/hooks';
import { ChatAfterwards } from '../../call/chat/chat-afterwards.tsx';
import { clockText } from '../../ui/format/duration.ts';
import { text } from '../../ui/texts/text.ts';
import { overTexts } from '../model/over-texts.ts';
import type { Over, VisitActions, VisitModel } from '../model/visit-model.ts';
import { GuestSheet } from './guest-sheet.tsx';

interface Props {
  readonly model: VisitModel;
  readonly over: Over;
  readonly actions: VisitActions;
}

/** After a no, asking again has to wait. */
function useWait(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    if (left <= 0) return;
    const tick = setTimeout(() => setLeft(left - 1), 1_000);
    return () => clearTimeout(tick);
  }, [left]);
  return left;
}

export function OverView({ model, over, actions }: Props) {
  const host = model.invitation.value.host || text('guestTheHost');
  const { title, advice } = overTexts[over.reason];
  const mayAskAgain = over.refusals < 2 && over.reason !== 'door-closed';
  const wait = useWait(over.reason === 'declined' ? 30 : 0);
  return (
    <GuestSheet title={text(title, host)} pageHost={model.pageHost.value}>
      {over.durationMs > 0 && <p class="ended-duration">{text('callDuration', clockText(over.durationMs))}</p>}
      {advice !== undefined && (
        <p class="guest-advice">{text(over.refusals < 2 ? advice : 'guestRefusedTwiceAdvice', host)}</p>
      )}
      <ChatAfterwards />
      {mayAskAgain && (
        <div class="sheet-actions">
          <button type="button" class="button large primary" disabled={wait > 0} onClick={() => actions.again()}>
            <LogIn size={20} aria-hidden="true" />
            {wait > 0 ? text('guestAskAgainIn', clockText(wait * 1_000)) : text('guestAskAgain')}
          </button>
        </div>
      )}
      <section class="card guest-own" aria-label={text('guestOwn')}>
        <p>{text('guestNothingKept')}</p>
        <h2>{text('guestOwn')}</h2>
        <p>{text('guestOwnText', host)}</p>
      </section>
    </GuestSheet>
  );
}
