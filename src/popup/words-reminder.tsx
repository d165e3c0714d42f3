// Stands in the popup until the 24 words are on paper, from the first call on.
import { ScrollText } from 'lucide-preact';
import { text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';
import { areWordsDue } from './words-due.ts';

export function WordsReminder({ model }: { readonly model: PopupModel }) {
  if (!areWordsDue(model, Date.now())) return null;
  return (
    <section class="warning words-reminder" aria-label={text('uiWordsReminder')}>
      <ScrollText aria-hidden="true" size={20} />
      <div class="stack tight">
        <strong>{text('uiWordsReminder')}</strong>
        <p class="hint">{text('uiWordsReminderText')}</p>
        <div class="actions">
          <button type="button" class="button small" onClick={() => void model.openOptions('words')}>
            {text('popupShowWords')}
          </button>
        </div>
      </div>
    </section>
  );
}
