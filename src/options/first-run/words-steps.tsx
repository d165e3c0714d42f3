// The 24 words: shown once, then three of them asked back. They are in this page's memory only.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { CopyButton } from '../../ui/copy-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { FirstRunModel } from '../model/first-run-model.ts';
import { StepCard } from './step-card.tsx';

interface StepProps {
  readonly firstRun: FirstRunModel;
}

export function WordsStep({ firstRun }: StepProps) {
  return (
    <StepCard title={text('optionsWordsTitle')}>
      <p>{text('optionsWordsText')}</p>
      <ol class="words" aria-label={text('optionsYourWords')}>
        {firstRun.words.value.map((word, index) => (
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
        <button type="button" class="button primary" onClick={() => firstRun.askWords()}>
          {text('optionsWordsWritten')}
        </button>
        <CopyButton
          label={text('optionsCopyWords')}
          content={firstRun.words.value.join(' ')}
          copied={text('optionsWordsCopied')}
        />
        <button type="button" class="button plain" onClick={() => void firstRun.skipCheck()}>
          {text('optionsSkip')}
        </button>
      </div>
    </StepCard>
  );
}

export function CheckStep({ firstRun }: StepProps) {
  const positions = firstRun.askedPositions.value;
  const typed = useSignal<readonly string[]>(positions.map(() => ''));
  const wrong = useSignal<readonly number[]>([]);
  const form = useRef<HTMLFormElement>(null);

  const check = async () => {
    wrong.value = await firstRun.checkWords(typed.value);
  };
  useEffect(() => {
    form.current?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus();
  }, [wrong.value]);

  return (
    <StepCard title={text('optionsCheckTitle')}>
      <p>{text('optionsCheckText')}</p>
      <form
        ref={form}
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void check();
        }}
      >
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
          <button
            type="button"
            class="button"
            onClick={() => {
              firstRun.step.value = 'words';
            }}
          >
            {text('optionsShowAgain')}
          </button>
          <button type="button" class="button plain" onClick={() => void firstRun.skipCheck()}>
            {text('optionsSkip')}
          </button>
        </div>
      </form>
    </StepCard>
  );
}
