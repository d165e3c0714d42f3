// The other side's screen in the middle of the stage, and the words over one's own that is shown.
import { ScreenShareOff } from 'lucide-preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { chooseSpeaker } from '../../ui/tone-player.ts';
import type { CallActions, CallModel } from '../model/call-model.ts';

interface RemoteScreenProps {
  readonly name: string;
  readonly stream: MediaStream;
  readonly speakerId: string;
}

export function RemoteScreen({ name, stream, speakerId }: RemoteScreenProps) {
  const video = useRef<HTMLVideoElement>(null);
  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    // Where the browser refuses sound before a click, the picture comes without it.
    element.play().catch(() => {
      element.muted = true;
      element.play().catch(() => undefined);
    });
    void chooseSpeaker(element, speakerId);
  }, [stream, speakerId]);
  const label = text('callScreenOf', name || text('callTheOther'));
  return (
    <section class="screen-tile" aria-label={label}>
      <video ref={video} class="screen-picture" autoplay playsInline muted={false} />
      <p class="badge screen-name">{label}</p>
    </section>
  );
}

interface OwnScreenNoteProps {
  readonly model: CallModel;
  readonly actions: CallActions;
}

/** Says for as long as it lasts that others see the screen, or will see it, and what it is best for. */
export function OwnScreenNote({ model, actions }: OwnScreenNoteProps) {
  if (model.screen.value === 'failed')
    return (
      <p class="screen-note" role="alert">
        {text('callScreenFailed')}
      </p>
    );
  if (model.screen.value !== 'on') return null;
  const { phase } = model.phase.value;
  const isUp = phase === 'connected' || phase === 'reconnecting';
  const kinds = [
    ['text', 'callScreenText'],
    ['motion', 'callScreenMotion'],
  ] as const;
  return (
    <section class="screen-note" aria-label={text('callYourScreen')}>
      <span class="screen-note-words">{text(isUp ? 'callYouShare' : 'callScreenReady')}</span>
      <fieldset class="screen-kinds">
        <legend class="visually-hidden">{text('callScreenKind')}</legend>
        {kinds.map(([kind, label]) => (
          <button
            key={kind}
            type="button"
            class="kind-button"
            aria-pressed={model.screenKind.value === kind}
            onClick={() => actions.setScreenKind(kind)}
          >
            {text(label)}
          </button>
        ))}
      </fieldset>
      <button type="button" class="button danger small" onClick={() => actions.toggleScreen()}>
        <ScreenShareOff size={16} aria-hidden="true" />
        {text('callStopSharingShort')}
      </button>
    </section>
  );
}
