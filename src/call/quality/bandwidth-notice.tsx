// The network hardly carries the sound: the own picture is paused, which is said together with what a person can do about it.
import { WifiLow } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { SideNotice } from '../kit/side-notice.tsx';
import { useOwn } from '../model/own-context.ts';
import type { CallActions, PersonModel } from '../model/person-model.ts';

interface Props {
  readonly model: PersonModel;
  readonly actions: Pick<CallActions, 'insistOnPicture'>;
}

export function BandwidthNotice({ model, actions }: Props) {
  const own = useOwn();
  return (
    <SideNotice
      isShown={model.ownPaused.value}
      Icon={WifiLow}
      answers={
        <>
          <button type="button" class="button primary" onClick={() => own.actions.toggleCamera()}>
            {text('callSoundOnly')}
          </button>
          <button type="button" class="button" onClick={() => actions.insistOnPicture()}>
            {text('callPictureAnyway')}
          </button>
        </>
      }
    >
      <p class="device-notice-title">{text('callLowBandwidth')}</p>
      <p>{text('callLowBandwidthMeaning', model.contactName.value)}</p>
    </SideNotice>
  );
}
