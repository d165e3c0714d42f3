// The two switches of every call view: microphone and camera. Pressed means quiet: muted, camera off.
import { Mic, MicOff, Video, VideoOff } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { CallActions, CallModel, DeviceState } from '../model/call-model.ts';

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
}

function isOn(state: DeviceState): boolean {
  // Pressed or not is what the person wants; what keeps it from working stands in a notice.
  return state === 'on' || state === 'starting' || state === 'silenced';
}

export function DeviceToggles({ model, actions }: Props) {
  const microphoneOn = isOn(model.microphone.value);
  const cameraOn = isOn(model.camera.value);
  const microphoneLabel = text(microphoneOn ? 'callMute' : 'callUnmute');
  const cameraLabel = text(cameraOn ? 'callCameraOff' : 'callCameraOn');
  return (
    <>
      <button
        type="button"
        class={`round-button${microphoneOn ? '' : ' quiet'}`}
        aria-pressed={!microphoneOn}
        aria-label={microphoneLabel}
        title={text('callWithKey', microphoneLabel, 'M')}
        onClick={() => actions.toggleMicrophone()}
      >
        {microphoneOn ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
      </button>
      <button
        type="button"
        class={`round-button${cameraOn ? '' : ' quiet'}`}
        aria-pressed={!cameraOn}
        aria-label={cameraLabel}
        title={text('callWithKey', cameraLabel, 'V')}
        onClick={() => actions.toggleCamera()}
      >
        {cameraOn ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
      </button>
    </>
  );
}
