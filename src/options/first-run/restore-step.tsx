// Brings an identity back from its 24 words: on a new browser, or here after the keys were lost.
import { text } from '../../ui/texts/text.ts';
import { RelayChoice } from '../fields/relay-choice.tsx';
import { useTypedWords, WordsField } from '../fields/words-field.tsx';
import type { FirstRunModel } from '../model/first-run-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { NameField, StepCard } from './step-card.tsx';

export interface RestoreStepProps {
  readonly model: OptionsModel;
  readonly firstRun: FirstRunModel;
  /** The public key whose private half is missing here, hex. */
  readonly lostKey: string | undefined;
}

export function RestoreStep({ model, firstRun, lostKey }: RestoreStepProps) {
  const words = useTypedWords();

  const restore = async () => {
    words.problem.value = await firstRun.restore(words.typed.value);
    if (firstRun.nameMissing.value) document.getElementById('own-name')?.focus();
  };

  return (
    <StepCard title={text(lostKey === undefined ? 'optionsRestoreTitle' : 'optionsLostTitle')}>
      <p>{text(lostKey === undefined ? 'optionsRestoreText' : 'optionsLostText')}</p>
      {lostKey === undefined ? null : (
        <p class="hint">{text('optionsLostKey', `${lostKey.slice(0, 8)}…${lostKey.slice(-8)}`)}</p>
      )}
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void restore();
        }}
      >
        <WordsField
          words={words}
          onInput={() => {
            firstRun.otherIdentity.value = false;
          }}
        />
        <p class="hint">{text('optionsWordsWallet')}</p>
        <NameField firstRun={firstRun} />
        {firstRun.otherIdentity.value ? (
          <div class="warning stack tight" role="alert">
            <p>{text('optionsOtherIdentity')}</p>
            <div class="actions">
              <button type="button" class="button small" onClick={() => void firstRun.useOtherIdentity()}>
                {text('optionsUseOther')}
              </button>
            </div>
          </div>
        ) : null}
        <div class="actions">
          <button type="submit" class="button primary">
            {text('optionsRestore')}
          </button>
          {lostKey === undefined ? (
            <button
              type="button"
              class="button plain"
              onClick={() => {
                firstRun.step.value = 'welcome';
              }}
            >
              {text('optionsBack')}
            </button>
          ) : null}
        </div>
      </form>
      {lostKey === undefined ? null : <RelayChoice model={model} firstRun={firstRun} />}
    </StepCard>
  );
}
