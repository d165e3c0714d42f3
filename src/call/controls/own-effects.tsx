// The own background and voice, where they are chosen and where something is wrong with them. Loaded behind the first screen.
import { ImageOff } from 'lucide-preact';
import { isVeiled, type PictureEffectState } from '../../core/media/effects.ts';
import { EffectFields } from '../../ui/effect-fields.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { SideNotice } from '../kit/side-notice.tsx';
import { useOwn } from '../model/own-context.ts';

/** Nothing on a page without effects. */
export function OwnEffectFields() {
  const { model, actions } = useOwn();
  const effects = model.effects.value;
  if (!effects) return null;
  return (
    <>
      <EffectFields
        choice={effects.choice}
        state={effects.picture}
        onChoose={(change) => actions.chooseEffects(change)}
      />
      <ShowRoom />
    </>
  );
}

/** The bare room is shown by this click alone. */
function ShowRoom() {
  const { model, actions } = useOwn();
  if (!model.effects.value || !isVeiled(model.effects.value.picture)) return null;
  return (
    <button type="button" class="button" onClick={() => actions.chooseEffects({ background: 'none' })}>
      {text('callShowRoom')}
    </button>
  );
}

/** Beside a call: the others see a blurred picture, and what can be done about it. */
export function EffectNotice() {
  const { model, actions } = useOwn();
  const effects = model.effects.value;
  const isShown = effects !== undefined && isVeiled(effects.picture) && model.camera.value === 'on';
  return (
    <SideNotice
      isShown={isShown}
      Icon={ImageOff}
      answers={
        <>
          <ShowRoom />
          {effects?.picture === 'stopped' && (
            <button
              type="button"
              class="button"
              onClick={() => actions.chooseEffects({ background: effects.choice.background })}
            >
              {text('callEffectAgain')}
            </button>
          )}
        </>
      }
    >
      <p>{effects && text(sentences[effects.picture] ?? 'uiEffectStopped')}</p>
    </SideNotice>
  );
}

const sentences: Partial<Record<PictureEffectState, TextKey>> = {
  slow: 'uiEffectSlow',
  impossible: 'uiEffectImpossible',
};
