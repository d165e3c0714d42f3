// All that is said about a microphone that nobody hears, in one place above the bar: the person's own switch while they speak, or one that
// is not ours, of the browser, the system or the device.
import { MicOff } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { useOwn } from '../model/own-context.ts';

export function MutedHint() {
  const { model, actions } = useOwn();
  const isOwnSwitch = model.mutedSpeaking.value && model.microphone.value === 'off';
  const isSilenced = model.microphone.value === 'silenced';
  return (
    <div class="muted-place" role="status">
      {(isOwnSwitch || isSilenced) && (
        <div class="muted-hint">
          <MicOff size={18} aria-hidden="true" />
          <p>
            {isOwnSwitch ? text('callYouAreMuted') : `${text('callMicrophoneSilenced')}. ${text('callSilencedAdvice')}`}
          </p>
          {isOwnSwitch && (
            <button type="button" class="button primary" onClick={() => actions.toggleMicrophone()}>
              {text('callUnmuteShort')}
            </button>
          )}
        </div>
      )}
    </div>
  );
}
