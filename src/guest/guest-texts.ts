// The texts of the page for guests: it carries them with it. The build leaves out those that it cannot show (tools/package/needed-texts.mjs).
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { textsOf } from '../ui/texts/message-file.ts';
import { speak, takeTextsFrom } from '../ui/texts/text.ts';

/** Before anything is shown. */
export function speakToGuests(): void {
  takeTextsFrom(textsOf(messages, navigator.languages));
  speak(document.documentElement);
}
