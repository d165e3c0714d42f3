// Writing the 24 words down: they are shown, then three of them are asked back. They are in this dialog for as long as it is open.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { randomPositions, type WordsModel, wrongPositions } from '../model/words-model.ts';

interface StepProps {
  readonly words: readonly string[];
  readonly onDone: () => void;
}

function ShownWords({ words, onDone }: StepProps) {
  return (
    <>
      <p>{text('optionsWordsText')}</p>
      <ol class="words" aria-label={text('optionsYourWords')}>
        {words.map((word, index) => (
          <li key={`${index}-${word}`}>
            <span class="word-number" aria-hidden="true">
              {index + 1}
            </span>
            <span class="word" translate={false}>
              {word}
            </span>
          </li>
        ))}
      </ol>
      <ul class="facts">
        <li>{text('optionsWordsFact1')}</li>
        <li>{text('optionsWordsFact2')}</li>
        <li>{text('optionsWordsFact3')}</li>
      </ul>
      <div class="actions">
        <button type="button" class="button primary" onClick={onDone}>
          {text('optionsWordsWritten')}
        </button>
      </div>
      <details>
        <summary>{text('optionsNoPaper')}</summary>
        <div class="stack tight">
          <p class="hint">{text('optionsNoPaperText')}</p>
          <div class="actions">
            <CopyButton
              label={text('optionsCopyWords')}
              content={words.join(' ')}
              copied={text('optionsWordsCopied')}
            />
          </div>
        </div>
      </details>
    </>
  );
}

function AskedWords({ words, onDone, onShowAgain }: StepProps & { readonly onShowAgain: () => void }) {
  const positions = useSignal(randomPositions()).value;
  const typed = useSignal<readonly string[]>(positions.map(() => ''));
  const wrong = useSignal<readonly number[]>([]);
  const form = useRef<HTMLFormElement>(null);
  // Whoever said that the words are written down goes on in the first field.
  useEffect(() => form.current?.querySelector('input')?.focus(), []);
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [wrong.value]);
  return (
    <form
      ref={form}
      class="stack"
      onSubmit={(event) => {
        event.preventDefault();
        wrong.value = wrongPositions(words, positions, typed.value);
        if (wrong.value.length === 0) onDone();
      }}
    >
      <p>{text('optionsCheckText')}</p>
      <div class="asked-words">
        {positions.map((position, index) => (
          <div class="field" key={position}>
            <label for={`word-${position}`}>{text('optionsWordNumber', String(position))}</label>
            <input
              id={`word-${position}`}
              class="input"
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              dir="ltr"
              value={typed.value[index] ?? ''}
              aria-invalid={wrong.value.includes(position)}
              aria-describedby="words-problem"
              onInput={(event) => {
                typed.value = typed.value.with(index, event.currentTarget.value);
              }}
            />
          </div>
        ))}
      </div>
      <div id="words-problem" aria-live="polite">
        {wrong.value.length === 0 ? null : <p class="problem">{text('optionsCheckWrong', wrong.value.join(', '))}</p>}
      </div>
      <div class="actions">
        <button type="submit" class="button primary">
          {text('optionsCheckButton')}
        </button>
        <button type="button" class="button" onClick={onShowAgain}>
          {text('optionsShowAgain')}
        </button>
      </div>
    </form>
  );
}

export interface WriteDownDialogProps {
  readonly model: WordsModel;
  readonly onClose: () => void;
}

export function WriteDownDialog({ model, onClose }: WriteDownDialogProps) {
  const words = useSignal<readonly string[] | undefined>(undefined);
  const isAsking = useSignal(false);
  useEffect(() => {
    void model.read().then((read) => {
      words.value = read;
    });
  }, [model]);
  const done = async () => {
    await model.written();
    onClose();
    announce(text('optionsWordsForgotten'));
  };
  const shown = words.value;
  return (
    <Dialog title={text(isAsking.value ? 'optionsCheckTitle' : 'optionsWordsTitle')} onClose={onClose}>
      {shown === undefined ? null : isAsking.value ? (
        <AskedWords
          words={shown}
          onDone={() => void done()}
          onShowAgain={() => {
            isAsking.value = false;
          }}
        />
      ) : (
        <ShownWords
          words={shown}
          onDone={() => {
            isAsking.value = true;
          }}
        />
      )}
    </Dialog>
  );
}
