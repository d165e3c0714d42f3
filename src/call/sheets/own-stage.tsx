// The own picture as the main thing, before someone answers: with words where there is no picture, and the switches on it.
import type { ComponentChildren } from 'preact';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { LocalPicture } from '../kit/local-picture.tsx';
import type { CallModel, DeviceState } from '../model/call-model.ts';

const words: Record<DeviceState, TextKey> = {
  starting: 'callCameraStarting',
  on: 'callCameraStarting',
  off: 'callCameraIsOff',
  silenced: 'callCameraSilenced',
  denied: 'callCameraDenied',
  missing: 'callCameraMissing',
  'in-use': 'callCameraInUse',
  failed: 'callCameraFailed',
};

interface Props {
  readonly model: CallModel;
  /** Over the picture. */
  readonly note: ComponentChildren;
  readonly children: ComponentChildren;
}

export function OwnStage({ model, note, children }: Props) {
  const picture = model.localPicture.value;
  return (
    <section class={`own-stage${model.localSpeaking.value ? ' speaking' : ''}`} aria-label={text('callYou')}>
      {picture ? (
        <LocalPicture stream={picture} />
      ) : (
        model.screen.value !== 'on' && <p class="own-stage-words">{text(words[model.camera.value])}</p>
      )}
      {note}
      <div class="own-stage-controls">{children}</div>
    </section>
  );
}
