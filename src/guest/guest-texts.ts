// The texts of the page for guests: English comes with it, another language is loaded, and stands for each text that it has. The build leaves
// out the texts that the page cannot show (tools/package/needed-texts.mjs).
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { type MessageFile, textsOf } from '../ui/texts/message-file.ts';
import { speak, takeTextsFrom } from '../ui/texts/text.ts';
import { type LanguageTable, otherLanguages } from './model/languages.ts';
import { languagesOf, wantedLanguage } from './wanted-language.ts';

/** Before anything is shown. A language that cannot be loaded is no reason to show nothing: then it is English. */
export async function speakToGuests(languages: LanguageTable = otherLanguages): Promise<void> {
  const wanted = languagesOf(location.search, navigator.languages);
  const tag = wantedLanguage(wanted, Object.keys(languages));
  const own = tag === undefined ? undefined : await languages[tag]?.().catch(() => undefined);
  const all: MessageFile = { ...messages, ...own };
  takeTextsFrom(textsOf(all, wanted));
  speak(document.documentElement);
}
