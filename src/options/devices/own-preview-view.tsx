// The own picture as in a mirror, and how loud the microphone is. Nothing is asked of the browser before a click.
import { Camera, CameraOff } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { announce } from '../../ui/live-region.tsx';
import { LevelMeter } from '../../ui/sound/level-meter.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { OwnPreview, PreviewState, WantedDevices } from '../model/own-preview.ts';

interface Props {
  readonly preview: OwnPreview;
  readonly wanted: WantedDevices;
  readonly isPrimary?: boolean;
}

const sentences: Partial<Record<PreviewState, TextKey>> = {
  on: 'optionsDevicesAllowed',
  'only-microphone': 'optionsDevicesOnlyMicrophone',
  'only-camera': 'optionsDevicesOnlyCamera',
  denied: 'optionsDevicesDenied',
  missing: 'optionsDevicesMissing',
  failed: 'optionsDevicesFailed',
};

/** `undefined` where there is no picture: then its place says so. */
function OwnPicture({ stream }: { readonly stream: MediaStream | undefined }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  return stream && stream.getVideoTracks().length > 0 ? (
    <video ref={video} class="own-picture mirrored" muted autoplay playsInline aria-label={text('optionsOwnPicture')} />
  ) : (
    <div class="own-picture empty">
      <CameraOff aria-hidden="true" size={32} />
    </div>
  );
}

export function OwnPreviewView({ preview, wanted, isPrimary = false }: Props) {
  const state = preview.state.value;
  const stream = preview.stream.value;
  const isUp = stream !== undefined;
  const sentence = sentences[state];
  const isTrouble = state !== 'on' && sentence !== undefined;
  const start = async () => {
    await preview.start(wanted);
    const said = sentences[preview.state.value];
    if (said) announce(text(said));
  };
  return (
    <div class="own-preview">
      <OwnPicture stream={stream} />
      <div class="stack tight">
        {stream && stream.getAudioTracks().length > 0 ? (
          <div class="stack tight">
            <span class="hint">{text('optionsSaySomething')}</span>
            <LevelMeter level={preview.level} />
          </div>
        ) : null}
        {isTrouble ? <p class="warning">{text(sentence)}</p> : null}
        {isUp ? null : <p class="hint">{text('optionsPreviewHint')}</p>}
        <div class="actions">
          {isUp ? (
            <button type="button" class="button" onClick={() => preview.stop()}>
              {text('optionsPreviewOff')}
            </button>
          ) : (
            <button
              type="button"
              class={isPrimary ? 'button primary' : 'button'}
              disabled={state === 'starting'}
              onClick={() => void start()}
            >
              <Camera aria-hidden="true" size={18} />
              {text(state === 'starting' ? 'optionsPreviewStarting' : 'optionsPreviewOn')}
            </button>
          )}
        </div>
      </div>
    </div>
  );
}
