// The texts of the gallery: the English ones, without a browser that reads them for an extension.
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { textsOf } from '../ui/texts/message-file.ts';
import { speak, takeTextsFrom } from '../ui/texts/text.ts';

/** Before anything is shown. */
export function speakEnglish(): void {
  takeTextsFrom(textsOf(messages, navigator.languages));
  speak(document.documentElement);
}
