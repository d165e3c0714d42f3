// A place to type 24 words, and the sentence for each reason why they are not right.
import { type Signal, useSignal } from '@preact/signals';
import { useId } from 'preact/hooks';
import type { RefusedWords } from '../../core/identity/recovery-words.ts';
import { plural, text } from '../../ui/texts/text.ts';

type WordsProblem = RefusedWords | 'other-identity';

function wordsSentence(problem: WordsProblem): string {
  if (problem === 'other-identity') return text('optionsWordsOther');
  switch (problem.refused) {
    case 'not-24-words':
      return plural('optionsWordsCount', problem.count ?? 0);
    case 'unknown-word':
      return text('optionsWordsUnknown', String(problem.position ?? '?'), problem.word ?? '');
    case 'bad-checksum':
      return text('optionsWordsChecksum');
  }
}

interface TypedWords {
  readonly typed: Signal<string>;
  /** Why they were not taken; until something else is typed. */
  readonly problem: Signal<WordsProblem | undefined>;
}

export function useTypedWords(): TypedWords {
  return { typed: useSignal(''), problem: useSignal<WordsProblem | undefined>(undefined) };
}

interface WordsFieldProps {
  readonly words: TypedWords;
  readonly onInput?: () => void;
}

export function WordsField({ words, onInput }: WordsFieldProps) {
  const problem = words.problem.value;
  const ids = { field: useId(), hint: useId(), problem: useId() };
  return (
    <div class="field">
      <label for={ids.field}>{text('optionsYourWords')}</label>
      <textarea
        id={ids.field}
        class="input"
        rows={4}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        dir="ltr"
        value={words.typed.value}
        aria-invalid={problem !== undefined}
        aria-describedby={`${ids.hint} ${ids.problem}`}
        onInput={(event) => {
          words.typed.value = event.currentTarget.value;
          words.problem.value = undefined;
          onInput?.();
        }}
      />
      <p class="hint" id={ids.hint}>
        {text('optionsWordsFieldHint')}
      </p>
      <div id={ids.problem} aria-live="polite">
        {problem === undefined ? null : <p class="problem">{wordsSentence(problem)}</p>}
      </div>
    </div>
  );
}
