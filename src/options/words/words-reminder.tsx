// Stands on top of every page of the settings until the 24 words are on paper.
import { ScrollText } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { WordsButtons } from './words-buttons.tsx';

export function WordsReminder({ model }: { readonly model: OptionsModel }) {
  const own = model.identity.value;
  if (own.state !== 'present' || own.identity.wordsChecked) return null;
  const canShow = model.words.canShow.value;
  return (
    <section class="warning words-reminder" aria-label={text('uiWordsReminder')}>
      <ScrollText aria-hidden="true" size={22} />
      <div class="stack tight">
        <strong>{text('uiWordsReminder')}</strong>
        <p>{text(canShow ? 'uiWordsReminderText' : 'optionsWordsReminder')}</p>
        {model.mayBeCleared.value ? <p>{text('optionsMayBeCleared')}</p> : null}
        <WordsButtons model={model} isPrimary isOpen={model.hash.value === '#words'} />
      </div>
    </section>
  );
}
