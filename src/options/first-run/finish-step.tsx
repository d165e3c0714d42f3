// The identity is there: look at oneself once, then invite someone, or take up an invitation.
import { useEffect, useMemo } from 'preact/hooks';
import { Invite } from '../../ui/invite/invite.tsx';
import { toPerson } from '../../ui/invite/to-person.ts';
import { text } from '../../ui/texts/text.ts';
import { OwnPreviewView } from '../devices/own-preview-view.tsx';
import { TrialLink } from '../devices/trial-link.tsx';
import type { FirstRunModel } from '../model/first-run-model.ts';
import type { OptionsModel } from '../model/options-model.ts';
import { OwnPreview } from '../model/own-preview.ts';
import { ImportButton } from '../settings/backup-section.tsx';
import { GotLink } from './got-link.tsx';
import { StepCard } from './step-card.tsx';

export interface FinishStepProps {
  readonly model: OptionsModel;
  readonly firstRun: FirstRunModel;
}

export function FinishStep({ model, firstRun }: FinishStepProps) {
  const preview = useMemo(() => new OwnPreview(), []);
  useEffect(() => () => preview.stop(), [preview]);
  const own = model.identity.value;
  if (own.state !== 'present') return <p role="status">{text('optionsSaving')}</p>;
  const { cameraId, microphoneId } = model.settings.value;
  return (
    <>
      <StepCard title={text('optionsFinishTitle', own.identity.name)}>
        {firstRun.wasRestored.value ? (
          <div class="good stack tight">
            <p>{text('optionsFinishDevices')}</p>
            <p>{text('optionsFinishBackup')}</p>
            <div class="actions">
              <ImportButton backups={model.backups} />
            </div>
          </div>
        ) : null}
        <h2>{text('optionsFinishLook')}</h2>
        <OwnPreviewView preview={preview} wanted={{ cameraId, microphoneId }} />
        <div class="actions">
          <TrialLink onOpen={() => preview.stop()} />
        </div>
      </StepCard>
      <section class="card stack" aria-label={text('optionsInvite')}>
        <h2>{text('optionsInvite')}</h2>
        <p>{text('optionsInviteText')}</p>
        <Invite invitation={toPerson(model.myLink.value, own.identity.name, model.settings.value)} />
      </section>
      <section class="card stack tight" aria-label={text('optionsGotLink')}>
        <h2>{text('optionsGotLink')}</h2>
        <GotLink />
      </section>
      <div class="actions">
        <a class="button" href="../../popup/index.html">
          {text('optionsOpenContacts')}
        </a>
        <button
          type="button"
          class="button plain"
          onClick={() => {
            firstRun.step.value = 'done';
          }}
        >
          {text('optionsOpenSettings')}
        </button>
      </div>
      <p class="hint">{text('optionsFinishIcon')}</p>
    </>
  );
}
