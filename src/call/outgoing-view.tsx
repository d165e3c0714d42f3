// We call: first no device of theirs answered yet, then one rings. The own picture fills the stage meanwhile.
import { PhoneOff, WifiOff } from 'lucide-preact';
import { text } from '../platform/text.ts';
import { Avatar } from './avatar.tsx';
import type { CallActions, CallModel } from './call-model.ts';
import { DeviceNotices } from './device-notices.tsx';
import { DeviceToggles } from './device-toggles.tsx';
import { LocalPicture } from './local-picture.tsx';
import { useCallShortcuts } from './shortcuts.ts';
import { ViewHeading } from './view-heading.tsx';

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly isRinging: boolean;
}

export function OutgoingView({ model, actions, isRinging }: Props) {
  useCallShortcuts({ model, actions });
  const name = model.contactName.value;
  const picture = model.localPicture.value;
  return (
    <main class="stage outgoing">
      <section class="outgoing-own" aria-label={text('callYou')}>
        {picture && <LocalPicture stream={picture} />}
      </section>
      <div class="outgoing-person">
        <div class="ringing-avatar">
          <Avatar name={name} />
        </div>
        <ViewHeading>{text('callCalling', name)}</ViewHeading>
        <p class="stage-state">{text(isRinging ? 'callRinging' : 'callReaching')}</p>
        {!model.relaysUp.value && (
          <p class="stage-note">
            <WifiOff size={20} aria-hidden="true" />
            <span>{text('callNoRelay')}</span>
          </p>
        )}
        <DeviceNotices model={model} />
      </div>
      <section class="controls" aria-label={text('callControls')}>
        <DeviceToggles model={model} actions={actions} />
        <button type="button" class="button danger large" onClick={() => actions.cancelCall()}>
          <PhoneOff size={20} aria-hidden="true" />
          {text('callCancel')}
        </button>
      </section>
    </main>
  );
}
