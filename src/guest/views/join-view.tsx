// Before anything is sent: who invites, what one is called, how one looks and sounds, and the one button that asks.
import { Camera, LogIn } from 'lucide-preact';
import { useId, useRef } from 'preact/hooks';
import { DeviceFields } from '../../call/controls/device-fields.tsx';
import { DeviceNotices } from '../../call/controls/device-notices.tsx';
import { DeviceToggles } from '../../call/controls/device-toggles.tsx';
import { useOwn } from '../../call/model/own-context.ts';
import type { PersonModel } from '../../call/model/person-model.ts';
import { OwnStage } from '../../call/sheets/own-stage.tsx';
import { LevelMeter } from '../../ui/sound/level-meter.tsx';
import { text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { VisitActions, VisitModel } from '../model/visit-model.ts';
import { GuestSheet } from './guest-sheet.tsx';
import { momentWords } from './waiting-view.tsx';

interface Props {
  readonly model: VisitModel;
  readonly actions: VisitActions;
  /** Of the host, for what devices and clocks have to say. */
  readonly person: Pick<PersonModel, 'clockSkewMs' | 'contactName'>;
}

/** Nothing was opened yet, and no browser has asked for anything. */
function ClosedDevices({ model, actions }: Pick<Props, 'model' | 'actions'>) {
  const isVideo = model.media.value === 'video';
  return (
    <section class="card guest-devices-off" aria-label={text('callDevices')}>
      <p>{text(isVideo ? 'guestDevicesAreOff' : 'guestMicrophoneIsOff')}</p>
      <Toggle
        label={text('guestWithCamera')}
        on={isVideo}
        onChange={(on) => {
          model.media.value = on ? 'video' : 'audio';
        }}
      />
      <button type="button" class="button" onClick={() => actions.makeReady()}>
        <Camera size={18} aria-hidden="true" />
        {text(isVideo ? 'callCheckDevices' : 'callCheckMicrophone')}
      </button>
    </section>
  );
}

function OpenDevices() {
  const { model: own } = useOwn();
  return (
    <section class="guest-devices" aria-label={text('callDevices')}>
      <OwnStage note={undefined}>
        <DeviceToggles />
      </OwnStage>
      <div class="level-line">
        <span class="hint">{text('callMicrophoneLevel')}</span>
        <LevelMeter level={own.level} />
      </div>
      <details class="guest-choices">
        <summary>{text('guestChooseDevices')}</summary>
        <DeviceFields />
      </details>
    </section>
  );
}

export function JoinView({ model, actions, person }: Props) {
  const ids = { field: useId(), hint: useId() };
  const field = useRef<HTMLInputElement>(null);
  const { host, title, closesAt } = model.invitation.value;
  const heading = title ?? (host === '' ? text('guestJoin') : text('guestJoinHost', host));
  return (
    <GuestSheet hasLanguages title={heading} pageHost={model.pageHost.value}>
      <p class="guest-advice">
        {host === '' ? text('guestInvitedNameless') : text('guestInvited', host)}
        {closesAt === undefined ? '' : ` ${text('guestOpenUntil', momentWords(closesAt))}`}
      </p>
      <DeviceNotices model={person} />
      {model.isReady.value ? <OpenDevices /> : <ClosedDevices model={model} actions={actions} />}
      <form
        class="stack tight"
        onSubmit={(event) => {
          event.preventDefault();
          if (model.name.value.trim() === '') field.current?.focus();
          else actions.ask();
        }}
      >
        <div class="field">
          <label for={ids.field}>{text('guestName')}</label>
          <input
            ref={field}
            id={ids.field}
            class="input"
            required
            maxLength={64}
            autocomplete="name"
            enterkeyhint="go"
            value={model.name.value}
            aria-describedby={ids.hint}
            onInput={({ currentTarget }) => {
              model.name.value = currentTarget.value;
            }}
          />
          <p class="hint" id={ids.hint}>
            {text('guestNameHint')}
          </p>
        </div>
        <button type="submit" class="button primary large">
          <LogIn size={20} aria-hidden="true" />
          {text('guestAsk')}
        </button>
        <p class="hint">{text('guestAskHint')}</p>
      </form>
    </GuestSheet>
  );
}
