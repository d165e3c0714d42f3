// The way to an identity as screens. Each step is one card; its heading takes the focus, so that a screen reader starts there.
import { text } from '../../ui/texts/text.ts';
import { ConfirmAction } from '../fields/confirm-action.tsx';
import { RelayChoice } from '../fields/relay-choice.tsx';
import type { FirstRunModel, FirstRunStep } from '../model/first-run-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { FinishStep } from './finish-step.tsx';
import { RestoreStep } from './restore-step.tsx';
import { NameField, StepCard } from './step-card.tsx';

export interface FirstRunProps {
  readonly model: OptionsModel;
  readonly firstRun: FirstRunModel;
}

function Welcome({ model, firstRun }: FirstRunProps) {
  const create = async () => {
    await firstRun.create();
    if (firstRun.nameMissing.value) document.getElementById('own-name')?.focus();
  };
  return (
    <StepCard title={text('optionsWelcome')} takesFocus={firstRun.startsOver.value}>
      <p class="lead">{text('optionsWelcomeText')}</p>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <NameField firstRun={firstRun} />
        <div class="actions">
          <button type="submit" class="button primary">
            {text('optionsCreate')}
          </button>
        </div>
      </form>
      <RelayChoice model={model} firstRun={firstRun} isFolded />
      <div class="actions">
        <button
          type="button"
          class="button plain"
          onClick={() => {
            firstRun.nameMissing.value = false;
            firstRun.step.value = 'restore';
          }}
        >
          {text('optionsHaveWords')}
        </button>
      </div>
    </StepCard>
  );
}

/** The keys of a known identity are gone: words bring it back, and only a deliberate second step gives it up. */
function Lost({ model, firstRun }: FirstRunProps) {
  const state = model.identity.value;
  return (
    <>
      <RestoreStep
        model={model}
        firstRun={firstRun}
        lostKey={state.state === 'lost' ? state.publicKeyHex : undefined}
      />
      <section class="card stack" aria-label={text('optionsStartOver')}>
        <h2>{text('optionsStartOverTitle')}</h2>
        <p>{text('optionsStartOverText')}</p>
        <ConfirmAction
          label={text('optionsStartOver')}
          title={text('optionsStartOverAsk')}
          confirmLabel={text('optionsStartOverYes')}
          cancelLabel={text('optionsStartOverNo')}
          quietDanger
          onConfirm={() => {
            firstRun.startsOver.value = true;
          }}
        >
          <p>{text('optionsStartOverWarning')}</p>
        </ConfirmAction>
      </section>
    </>
  );
}

function stepView(step: FirstRunStep, props: FirstRunProps) {
  const { model, firstRun } = props;
  switch (step) {
    case 'welcome':
      return model.identity.value.state === 'lost' && !firstRun.startsOver.value ? (
        <Lost {...props} />
      ) : (
        <Welcome {...props} />
      );
    case 'restore':
      return <RestoreStep model={model} firstRun={firstRun} lostKey={undefined} />;
    case 'finish':
    case 'done':
      return <FinishStep model={model} firstRun={firstRun} />;
  }
}

export function FirstRun(props: FirstRunProps) {
  return (
    <main class="page narrow" tabIndex={-1}>
      <p class="brand">
        <img src="/icons/48.png" alt="" width={32} height={32} />
        {text('productName')}
      </p>
      {stepView(props.firstRun.step.value, props)}
    </main>
  );
}
