// A test call to oneself: five seconds of picture and sound are recorded and played back, here and for nobody else.
import { Circle, RotateCcw } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { plural, text } from '../../ui/texts/text.ts';
import { type EchoState, echoSeconds, type OwnPreview, type WantedDevices } from '../model/own-preview.ts';

interface Props {
  readonly preview: OwnPreview;
  readonly wanted: WantedDevices;
}

function Playback({ echo }: { readonly echo: Extract<EchoState, { state: 'done' }> }) {
  const player = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    player.current?.focus();
    // The click that asked for the recording lets it play; a browser that refuses shows its own button.
    player.current?.play().catch(() => undefined);
  }, [echo.url]);
  return (
    // biome-ignore lint/a11y/useMediaCaption: what one has just said oneself needs no captions.
    <video
      ref={player}
      class={echo.hasPicture ? 'echo-playback' : 'echo-playback sound'}
      src={echo.url}
      controls
      playsInline
      aria-label={text('optionsEchoPlayback')}
    />
  );
}

export function EchoTest({ preview, wanted }: Props) {
  const echo = preview.echo.value;
  const isRecording = echo.state === 'recording';
  const record = async () => {
    if (preview.stream.value === undefined) await preview.start(wanted);
    preview.record();
  };
  return (
    <div class="stack tight">
      <p>{text('optionsEchoText')}</p>
      <div class="actions">
        <button type="button" class="button" aria-disabled={isRecording} onClick={() => void record()}>
          {echo.state === 'done' ? (
            <RotateCcw aria-hidden="true" size={18} />
          ) : (
            <Circle aria-hidden="true" size={18} class={isRecording ? 'recording-mark' : undefined} />
          )}
          {echo.state === 'done' ? text('optionsEchoAgain') : plural('optionsEchoRecord', echoSeconds)}
        </button>
      </div>
      {/* Shown each second, said once: the button says how long it is, and what plays afterwards takes the focus. */}
      {isRecording ? (
        <p class="hint" role="timer">
          {plural('optionsEchoRecording', echo.secondsLeft)}
        </p>
      ) : null}
      <div aria-live="polite">
        {echo.state === 'failed' ? <p class="warning">{text('optionsEchoFailed')}</p> : null}
      </div>
      {echo.state === 'done' ? <Playback echo={echo} /> : null}
    </div>
  );
}
