// The own picture as the main thing, before someone answers: with words where there is no picture, and the switches on it.
import type { ComponentChildren } from 'preact';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { LocalPicture } from '../kit/local-picture.tsx';
import { useOwn } from '../model/own-context.ts';
import type { DeviceState } from '../model/own-model.ts';

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
  /** Over the picture. */
  readonly note: ComponentChildren;
  readonly children: ComponentChildren;
}

export function OwnStage({ note, children }: Props) {
  const { model } = useOwn();
  const picture = model.picture.value;
  return (
    <section class={`own-stage${model.speaking.value ? ' speaking' : ''}`} aria-label={text('callYou')}>
      {picture ? (
        <LocalPicture stream={picture} />
      ) : (
        model.screen.value !== 'on' && <p class="own-stage-words">{text(words[model.camera.value])}</p>
      )}
      <div class="own-stage-note">{note}</div>
      <div class="own-stage-controls">{children}</div>
    </section>
  );
}
