// Noise suppression and background to choose, with how they fare: for a call, before one, and for the settings.
import { ImageUp } from 'lucide-preact';
import { useId, useRef, useState } from 'preact/hooks';
import {
  type Background,
  backgrounds,
  type EffectChoice,
  isVeiled,
  type PictureEffectState,
} from '../core/media/effects.ts';
import { drawBackground } from '../platform/media/draw-background.ts';
import { text } from './texts/text.ts';
import type { TextKey } from './texts/text-key.ts';
import { Toggle } from './toggle.tsx';

const backgroundTexts: Readonly<Record<Background, TextKey>> = {
  none: 'uiBackgroundNone',
  'blur-light': 'uiBackgroundBlurLight',
  blur: 'uiBackgroundBlur',
  picture: 'uiBackgroundPicture',
  color: 'uiBackgroundColor',
};

/** What is said of a picture that is not simply as it was chosen. */
const stateTexts: Partial<Record<PictureEffectState, TextKey>> = {
  starting: 'uiEffectStarting',
  reduced: 'uiEffectReduced',
  slow: 'uiEffectSlow',
  impossible: 'uiEffectImpossible',
  stopped: 'uiEffectStopped',
};

interface Props {
  readonly choice: EffectChoice;
  readonly onChoose: (change: Partial<EffectChoice>) => void;
  /** How it fares; undefined where nothing is drawn. */
  readonly state?: PictureEffectState | undefined;
}

export function EffectFields({ choice, onChoose, state }: Props) {
  const id = useId();
  const { background } = choice;
  // Where it cannot be done nothing but the room itself is left to choose.
  const isRefused = state === 'slow' || state === 'impossible';
  const said = background === 'none' || state === undefined ? undefined : stateTexts[state];
  return (
    <>
      <div class="field">
        <label for={id}>{text('uiBackground')}</label>
        <select
          id={id}
          class="input"
          value={background}
          onChange={(event) => onChoose({ background: event.currentTarget.value as Background })}
        >
          {backgrounds.map((one) => (
            <option key={one} value={one} disabled={isRefused && one !== 'none' && one !== background}>
              {text(backgroundTexts[one])}
            </option>
          ))}
        </select>
        <div aria-live="polite">
          {said && <p class={state && isVeiled(state) ? 'warning' : 'hint'}>{text(said)}</p>}
        </div>
      </div>
      {background === 'color' && <ColorField choice={choice} onChoose={onChoose} />}
      {background === 'picture' && <PictureField choice={choice} onChoose={onChoose} />}
      <Toggle
        label={text('uiNoiseSuppression')}
        hint={text('uiNoiseSuppressionHint')}
        on={choice.noiseSuppression}
        onChange={(noiseSuppression) => onChoose({ noiseSuppression })}
      />
    </>
  );
}

function ColorField({ choice, onChoose }: Props) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{text('uiBackgroundColorOf')}</label>
      <input
        id={id}
        class="input"
        type="color"
        value={choice.backgroundColor}
        onChange={(event) => onChoose({ backgroundColor: event.currentTarget.value })}
      />
    </div>
  );
}

function PictureField({ choice, onChoose }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const [isUnreadable, setUnreadable] = useState(false);
  const take = async (file: File) => {
    const backgroundPicture = await drawBackground(file).catch(() => undefined);
    setUnreadable(backgroundPicture === undefined);
    if (backgroundPicture) onChoose({ backgroundPicture });
  };
  const isMissing = choice.backgroundPicture === undefined;
  return (
    <div class="field">
      <input
        ref={input}
        type="file"
        accept="image/*"
        hidden
        onChange={({ currentTarget }) => {
          const [file] = currentTarget.files ?? [];
          currentTarget.value = '';
          if (file) void take(file);
        }}
      />
      <button type="button" class="button" onClick={() => input.current?.click()}>
        <ImageUp aria-hidden="true" size={18} />
        {text(isMissing ? 'uiBackgroundChoose' : 'uiBackgroundChooseOther')}
      </button>
      <div aria-live="polite">
        {isUnreadable && <p class="problem">{text('uiBackgroundUnreadable')}</p>}
        {isMissing && !isUnreadable && <p class="hint">{text('uiBackgroundMissing')}</p>}
      </div>
    </div>
  );
}
