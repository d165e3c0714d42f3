// Somebody speaks into the microphone that they have muted: said above the bar, with the way out.
import { MicOff } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { useOwn } from '../model/own-context.ts';

export function MutedHint() {
  const { model, actions } = useOwn();
  if (!model.mutedSpeaking.value || model.microphone.value !== 'off') return null;
  return (
    <p class="muted-hint">
      <MicOff size={18} aria-hidden="true" />
      {text('callYouAreMuted')}
      <button type="button" class="button primary" onClick={() => actions.toggleMicrophone()}>
        {text('callUnmuteShort')}
      </button>
    </p>
  );
}
