// At the door: whether anybody knows that one is here, one's own picture, and the way back.
import { DoorOpen, WifiOff, X } from 'lucide-preact';
import { DeviceNotices } from '../../call/controls/device-notices.tsx';
import { DeviceToggles } from '../../call/controls/device-toggles.tsx';
import type { PersonModel } from '../../call/model/person-model.ts';
import { OwnStage } from '../../call/sheets/own-stage.tsx';
import { text } from '../../ui/texts/text.ts';
import type { VisitActions, VisitModel } from '../model/visit-model.ts';
import { GuestSheet } from './guest-sheet.tsx';
import { momentWords } from './waiting-view.tsx';

interface Props {
  readonly model: VisitModel;
  readonly isTold: boolean;
  readonly actions: VisitActions;
  readonly person: Pick<PersonModel, 'clockSkewMs' | 'contactName'>;
}

export function AskingView({ model, isTold, actions, person }: Props) {
  const { closesAt } = model.invitation.value;
  const until =
    closesAt === undefined ? text('guestKeepsAsking') : text('guestKeepsAskingUntil', momentWords(closesAt));
  return (
    <GuestSheet title={text(isTold ? 'guestTold' : 'guestAsking')} pageHost={model.pageHost.value}>
      <p class="guest-advice">{isTold ? text('guestToldAdvice') : `${text('guestNoOneYet')} ${until}`}</p>
      {!model.relaysUp.value && (
        <p class="warning guest-no-relay">
          <WifiOff size={20} aria-hidden="true" />
          <span>{text('callNoRelay')}</span>
        </p>
      )}
      <DeviceNotices model={person} />
      <OwnStage note={undefined}>
        <DeviceToggles />
      </OwnStage>
      <div class="sheet-actions">
        <span class="guest-pulse" aria-hidden="true">
          <DoorOpen size={20} />
        </span>
        <button type="button" class="button large" onClick={() => actions.stopAsking()}>
          <X size={20} aria-hidden="true" />
          {text('guestStopAsking')}
        </button>
      </div>
    </GuestSheet>
  );
}
