// Do not disturb in the popup: for how long, and while it lasts until when, with the end of it one click away.
import { useSignal } from '@preact/signals';
import { BellOff, BellRing } from 'lucide-preact';
import { useId } from 'preact/hooks';
import type { QuietLength } from '../core/data/settings.ts';
import { quietWords } from '../ui/texts/quiet-words.ts';
import { text } from '../ui/texts/text.ts';
import type { PopupModel } from './popup-model.ts';

interface Props {
  readonly model: PopupModel;
}

/** While calls ring. */
export function QuietButton({ model, opens }: Props & { readonly opens: { value: boolean; readonly id: string } }) {
  if (model.quiet.now.value) return null;
  return (
    <button
      type="button"
      class="button small dnd"
      aria-expanded={opens.value}
      aria-controls={opens.id}
      onClick={() => {
        opens.value = !opens.value;
      }}
    >
      <BellRing aria-hidden="true" size={16} />
      {text('popupDnd')}
    </button>
  );
}

/** Whether the choice of how long is open, and the id of its place. */
export function useQuietChoice(): { value: boolean; readonly id: string } {
  const isOpen = useSignal(false);
  const id = useId();
  return {
    id,
    get value() {
      return isOpen.value;
    },
    set value(open) {
      isOpen.value = open;
    },
  };
}

export function QuietPanel({ model, opens }: Props & { readonly opens: { value: boolean; readonly id: string } }) {
  const quiet = model.quiet.now.value;
  const begin = (length: QuietLength | 'forever') => {
    opens.value = false;
    void model.quiet.begin(length);
  };
  if (quiet)
    return (
      <div class="quiet-line">
        <BellOff aria-hidden="true" size={16} />
        <span>{quietWords(quiet, Date.now())}</span>
        <button type="button" class="button small" onClick={() => void model.quiet.end()}>
          {text('uiDndOff')}
        </button>
      </div>
    );
  return (
    <div class="quiet-choice" id={opens.id} hidden={!opens.value}>
      <button type="button" class="button small" onClick={() => begin('hour')}>
        {text('uiDndHour')}
      </button>
      <button type="button" class="button small" onClick={() => begin('morning')}>
        {text('uiDndMorning')}
      </button>
      <button type="button" class="button small" onClick={() => begin('forever')}>
        {text('uiDndForever')}
      </button>
    </div>
  );
}
