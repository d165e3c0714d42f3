// The identity is there: the own link to give away, and what to do next.
import { toPerson } from '../../ui/invite/invitation.ts';
import { Invite } from '../../ui/invite/invite.tsx';
import { text } from '../../ui/texts/text.ts';
import { DevicePermission } from '../fields/device-permission.tsx';
import type { FirstRunModel } from '../model/first-run-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { ImportButton } from '../settings/backup-section.tsx';
import { StepCard } from './step-card.tsx';

export interface FinishStepProps {
  readonly model: OptionsModel;
  readonly firstRun: FirstRunModel;
}

export function FinishStep({ model, firstRun }: FinishStepProps) {
  const own = model.identity.value;
  if (own.state !== 'present') return <p role="status">{text('optionsSaving')}</p>;
  return (
    <StepCard title={text('optionsFinishTitle', own.identity.name)}>
      {own.identity.wordsChecked ? null : <p class="warning">{text('optionsWordsReminder')}</p>}
      {firstRun.wasRestored.value ? (
        <div class="good stack tight">
          <p>{text('optionsFinishBackup')}</p>
          <div class="actions">
            <ImportButton backups={model.backups} />
          </div>
        </div>
      ) : null}
      <Invite invitation={toPerson(model.myLink.value, own.identity.name, model.settings.value)} />
      <h2>{text('optionsNext')}</h2>
      <ol class="facts">
        <li>{text('optionsNext1')}</li>
        <li>{text('optionsNext2')}</li>
        <li>{text('optionsNext3')}</li>
      </ol>
      <DevicePermission />
      <div class="actions">
        <a class="button primary" href="../../popup/index.html">
          {text('optionsOpenContacts')}
        </a>
        <button
          type="button"
          class="button"
          onClick={() => {
            firstRun.step.value = 'done';
          }}
        >
          {text('optionsOpenSettings')}
        </button>
      </div>
    </StepCard>
  );
}
