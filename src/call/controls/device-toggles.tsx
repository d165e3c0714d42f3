// The two switches of every call view: microphone and camera. Each says what a click does.
import { Mic, MicOff, Video, VideoOff } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { text } from '../../ui/texts/text.ts';
import { isSwitchedOn } from '../model/device-wish.ts';
import { useOwn } from '../model/own-context.ts';

interface Props {
  /** What stands beside each: a choice of devices. */
  readonly menu?: ((kind: 'microphone' | 'camera') => ComponentChildren) | undefined;
}

export function DeviceToggles({ menu }: Props) {
  const { model, actions } = useOwn();
  const microphoneOn = isSwitchedOn(model.microphone.value);
  const cameraOn = isSwitchedOn(model.camera.value);
  const microphoneLabel = text(microphoneOn ? 'callMute' : 'callUnmute');
  const cameraLabel = text(cameraOn ? 'callCameraOff' : 'callCameraOn');
  return (
    <>
      <div class="device-switch">
        <button
          type="button"
          class={`round-button${microphoneOn ? '' : ' quiet'}`}
          aria-label={microphoneLabel}
          title={text('callWithKey', microphoneLabel, 'M')}
          onClick={() => actions.toggleMicrophone()}
        >
          {microphoneOn ? <Mic aria-hidden="true" /> : <MicOff aria-hidden="true" />}
        </button>
        {menu?.('microphone')}
      </div>
      <div class="device-switch">
        <button
          type="button"
          class={`round-button${cameraOn ? '' : ' quiet'}`}
          aria-label={cameraLabel}
          title={text('callWithKey', cameraLabel, 'V')}
          onClick={() => actions.toggleCamera()}
        >
          {cameraOn ? <Video aria-hidden="true" /> : <VideoOff aria-hidden="true" />}
        </button>
        {menu?.('camera')}
      </div>
    </>
  );
}
