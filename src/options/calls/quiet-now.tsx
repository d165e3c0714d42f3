// Do not disturb, now: for how long, until when it lasts, and the end of it.
import { BellOff, BellRing } from 'lucide-preact';
import { quietNow, quietOff, quietOn } from '../../core/data/quiet-times.ts';
import type { QuietLength } from '../../core/data/settings.ts';
import { quietWords } from '../../ui/texts/quiet-words.ts';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { useNow } from './use-now.ts';

export function QuietNow({ model }: { readonly model: OptionsModel }) {
  const now = useNow();
  const quiet = quietNow(model.settings.value, now);
  const Bell = quiet ? BellOff : BellRing;
  const begin = (length: QuietLength | 'forever') =>
    void model.change(quietOn(length, Date.now()), text('optionsNowOn', text('optionsDnd')));
  const end = () => {
    const { settings } = model;
    void model.change(quietOff(settings.value, Date.now()), text('optionsNowOff', text('optionsDnd')));
  };
  return (
    <div class="stack tight">
      <p class={quiet ? 'quiet-state on' : 'quiet-state'}>
        <Bell aria-hidden="true" size={18} />
        <span>{quiet ? quietWords(quiet, now) : text('optionsDndNotNow')}</span>
      </p>
      <p class="hint">{text('optionsDndHint')}</p>
      <div class="actions">
        {quiet ? (
          <button type="button" class="button primary" onClick={end}>
            {text('uiDndOff')}
          </button>
        ) : (
          <>
            <button type="button" class="button" onClick={() => begin('hour')}>
              {text('uiDndHour')}
            </button>
            <button type="button" class="button" onClick={() => begin('morning')}>
              {text('uiDndMorning')}
            </button>
            <button type="button" class="button" onClick={() => begin('forever')}>
              {text('uiDndForever')}
            </button>
          </>
        )}
      </div>
    </div>
  );
}
