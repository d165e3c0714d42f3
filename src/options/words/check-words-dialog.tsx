// All 24 words typed from paper: for whoever says that they are written down, on a browser that does not have them any more.
import { Dialog } from '../../ui/dialog.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { useTypedWords, WordsField } from '../fields/words-field.tsx';
import type { OptionsModel } from '../model/options-model.ts';

interface Props {
  readonly model: OptionsModel;
  readonly onClose: () => void;
}

export function CheckWordsDialog({ model, onClose }: Props) {
  const words = useTypedWords();
  const check = async () => {
    const result = await model.checkWords(words.typed.value);
    words.problem.value = result === 'right' ? undefined : result;
    if (result !== 'right') return;
    onClose();
    announce(text('optionsWordsRight'));
  };
  return (
    <Dialog title={text('optionsCheckMyWords')} onClose={onClose}>
      <p>{text('optionsCheckMyWordsText')}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
        <WordsField words={words} />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('optionsCheckButton')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
