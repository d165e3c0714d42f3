// How loud the own microphone is: ten bars. Says no words, so that a reader is not flooded.
import type { Signal } from '@preact/signals';
import { text } from '../texts/text.ts';

const bars = 10;
/** Loud speech close to the microphone has about this root mean square. */
const loud = 0.3;

export function LevelMeter({ level }: { readonly level: Signal<number> }) {
  const part = Math.min(1, Math.sqrt(level.value / loud));
  const lit = Math.round(part * bars);
  return (
    // biome-ignore lint/a11y/useSemanticElements: <meter> cannot be drawn as bars alike in all browsers.
    <div
      class="level-meter"
      role="meter"
      aria-label={text('callMicrophoneLevel')}
      aria-valuemin={0}
      aria-valuemax={bars}
      aria-valuenow={lit}
    >
      {Array.from({ length: bars }, (_, i) => (
        <span key={i} class={i < lit ? 'heard' : ''} />
      ))}
    </div>
  );
}
