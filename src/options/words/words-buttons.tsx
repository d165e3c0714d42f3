// The way to the 24 words: to see and write them down while this browser has them, and to check what is on paper afterwards.
import { useSignal } from '@preact/signals';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { CheckWordsDialog } from './check-words-dialog.tsx';
import { WriteDownDialog } from './write-down-dialog.tsx';

interface Props {
  readonly model: OptionsModel;
  readonly isPrimary?: boolean;
  /** Opened at once, for whoever comes from the reminder of the popup. */
  readonly isOpen?: boolean;
}

export function WordsButtons({ model, isPrimary = false, isOpen = false }: Props) {
  const canShow = model.words.canShow.value;
  const open = useSignal<'write' | 'check' | undefined>(isOpen ? (canShow ? 'write' : 'check') : undefined);
  const close = () => {
    open.value = undefined;
  };
  return (
    <div class="actions">
      {canShow ? (
        <button
          type="button"
          class={isPrimary ? 'button primary' : 'button'}
          onClick={() => {
            open.value = 'write';
          }}
        >
          {text('optionsWriteWords')}
        </button>
      ) : (
        <button
          type="button"
          class={isPrimary ? 'button primary' : 'button'}
          onClick={() => {
            open.value = 'check';
          }}
        >
          {text('optionsCheckMyWords')}
        </button>
      )}
      {open.value === 'write' ? <WriteDownDialog model={model.words} onClose={close} /> : null}
      {open.value === 'check' ? <CheckWordsDialog model={model} onClose={close} /> : null}
    </div>
  );
}
