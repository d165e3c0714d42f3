// The words about one's own screen that is shown.
import { ScreenShareOff } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { useOwn } from '../model/own-context.ts';
import type { PersonModel } from '../model/person-model.ts';

/** Says for as long as it lasts that others see the screen, or will see it, and what it is best for. */
export function OwnScreenNote({ model }: { readonly model: Pick<PersonModel, 'phase'> }) {
  const { model: own, actions } = useOwn();
  if (own.screen.value === 'failed')
    return (
      <p class="screen-note" role="alert">
        {text('callScreenFailed')}
      </p>
    );
  if (own.screen.value !== 'on') return null;
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
            aria-pressed={own.screenKind.value === kind}
            onClick={() => actions.setScreenKind(kind)}
          >
            {text(label)}
          </button>
        ))}
      </fieldset>
      <button type="button" class="button danger" onClick={() => actions.toggleScreen()}>
        <ScreenShareOff size={16} aria-hidden="true" />
        {text('callStopSharingShort')}
      </button>
    </section>
  );
}
