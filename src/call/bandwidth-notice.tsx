// The network hardly carries the sound: the own picture is paused, which is said together with what a person can do about it.
import { WifiLow } from 'lucide-preact';
import { text } from '../platform/text.ts';
import type { CallActions, CallModel } from './call-model.ts';

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
}

export function BandwidthNotice({ model, actions }: Props) {
  const isShown = model.ownPaused.value;
  return (
    <div class={isShown ? 'device-notice bandwidth-notice' : ''}>
      {isShown && <WifiLow size={20} aria-hidden="true" />}
      <div>
        {/* Always there, so that what comes into it is read out. */}
        <div role="status">
          {isShown && (
            <>
              <p class="device-notice-title">{text('callLowBandwidth')}</p>
              <p>{text('callLowBandwidthMeaning', model.contactName.value)}</p>
            </>
          )}
        </div>
        {isShown && (
          <div class="notice-answers">
            <button type="button" class="button primary" onClick={() => actions.toggleCamera()}>
              {text('callSoundOnly')}
            </button>
            <button type="button" class="button" onClick={() => actions.insistOnPicture()}>
              {text('callPictureAnyway')}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
