// A call that goes on at another device of the person here comes to this one: asked for, on its way, or why it has stayed there.
import { MonitorSmartphone } from 'lucide-preact';
import type { StayReason } from '../../core/call/hand-over.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import type { Coming } from '../model/hand-over-model.ts';
import type { PageActions } from '../model/person-model.ts';

interface Props {
  readonly moving: Coming;
  readonly page: Pick<PageActions, 'close'>;
}

const whyStayed: Readonly<Record<StayReason, TextKey>> = {
  kept: 'moveStayedKept',
  cancelled: 'moveStayedCancelled',
  over: 'moveStayedOver',
  several: 'moveStayedSeveral',
  recording: 'moveStayedRecording',
  'not-up': 'moveStayedNotUp',
  'no-answer': 'moveStayedNoAnswer',
  'not-followed': 'moveStayedNotFollowed',
  failed: 'moveStayedFailed',
};

export function ArrivingView({ moving, page }: Props) {
  return (
    <main class="call-sheet ended-sheet">
      <MonitorSmartphone class="moving-sign" size={48} aria-hidden="true" />
      {moving.state === 'offered' && (
        <>
          <ViewHeading>{text('moveOffered')}</ViewHeading>
          <p class="ended-advice">{text('moveOfferedMeaning')}</p>
          <p class="hint">{text('moveLost')}</p>
        </>
      )}
      {moving.state === 'arriving' && (
        <>
          <ViewHeading>{text('moveArriving')}</ViewHeading>
          <p class="ended-advice">{text('moveArrivingMeaning')}</p>
        </>
      )}
      {moving.state === 'off' && (
        <>
          <ViewHeading>{text(moving.why === 'over' ? 'moveOver' : 'moveStayed')}</ViewHeading>
          <p class="ended-advice">{text(whyStayed[moving.why])}</p>
        </>
      )}
      <div class="sheet-actions">
        {moving.state === 'offered' && (
          <button type="button" class="button large primary" onClick={() => moving.begin()}>
            {text('moveHere')}
          </button>
        )}
        {moving.state === 'arriving' && (
          <button type="button" class="button large" onClick={() => moving.cancel()}>
            {text('moveLeaveThere')}
          </button>
        )}
        {moving.state === 'off' && moving.why !== 'over' && (
          <button type="button" class="button large primary" onClick={() => moving.again()}>
            {text('moveAgain')}
          </button>
        )}
        {moving.state !== 'arriving' && (
          <button type="button" class="button large" onClick={() => page.close()}>
            {text('callClose')}
          </button>
        )}
      </div>
    </main>
  );
}
