// Before a call: who will be called, how one looks and sounds, which devices. Nothing was sent yet.
import { Camera, Phone, Video } from 'lucide-preact';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { Avatar } from '../../ui/avatar.tsx';
import { LevelMeter } from '../../ui/sound/level-meter.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { ScreenButton } from '../controls/call-buttons.tsx';
import { DeviceFields } from '../controls/device-fields.tsx';
import { DeviceNotices } from '../controls/device-notices.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { useCallShortcuts } from '../controls/shortcuts.ts';
import { ViewHeading } from '../kit/view-heading.tsx';
import { useGroup } from '../model/group-context.ts';
import { useOwn } from '../model/own-context.ts';
import type { CallActions, PageActions, PersonModel } from '../model/person-model.ts';
import { CalledPeople } from '../people/called-people.tsx';
import { OwnScreenNote } from '../stage/own-screen-note.tsx';
import { AddressNotice } from './address-notice.tsx';
import { OwnStage } from './own-stage.tsx';

interface Props {
  readonly model: PersonModel;
  readonly actions: CallActions;
  readonly page: PageActions;
  /** What stands beside the switches; undefined until it is loaded. */
  readonly deviceMenu: ((kind: 'microphone' | 'camera') => ComponentChildren) | undefined;
  /** Stands among the devices; undefined until it is loaded. */
  readonly effects: ComponentChildren;
}

/** What a click on Start makes of it, by what is on now. */
function kindText(model: PersonModel, isAudioOnly: boolean, showsScreen: boolean): TextKey {
  if (model.awaitsClick.value) return isAudioOnly ? 'callWaitsAudio' : 'callWaitsVideo';
  if (!isAudioOnly) return 'callWillBeVideo';
  return showsScreen ? 'callWillBeScreen' : 'callWillBeAudio';
}

/** The page was loaded by its address alone: camera and microphone stay off until a person wants them. */
function WaitingStage({ isAudioOnly, onCheck }: { readonly isAudioOnly: boolean; readonly onCheck: () => void }) {
  return (
    <section class="card before-waiting" aria-label={text('callYou')}>
      <p>{text('callDevicesAreOff')}</p>
      <button type="button" class="button" onClick={onCheck}>
        <Camera size={18} aria-hidden="true" />
        {text(isAudioOnly ? 'callCheckMicrophone' : 'callCheckDevices')}
      </button>
    </section>
  );
}

/** How one looks, with the switches. */
function ReadyStage({ model, deviceMenu }: Pick<Props, 'model' | 'deviceMenu'>) {
  return (
    <OwnStage note={<OwnScreenNote model={model} />}>
      <DeviceToggles menu={deviceMenu} />
      <ScreenButton />
    </OwnStage>
  );
}

/** How one sounds, and by which devices. */
function DeviceCard({ effects }: Pick<Props, 'effects'>) {
  const { model: own } = useOwn();
  return (
    <section class="card before-devices" aria-label={text('callDevices')}>
      <div class="level-line">
        <span class="hint">{text('callMicrophoneLevel')}</span>
        <LevelMeter level={own.level} />
      </div>
      <DeviceFields>{effects}</DeviceFields>
    </section>
  );
}

export function BeforeView({ model, actions, page, deviceMenu, effects }: Props) {
  useCallShortcuts();
  const { model: own } = useOwn();
  const start = useRef<HTMLButtonElement>(null);
  // The button that was pressed goes away.
  const makeReady = () => {
    actions.makeReady();
    start.current?.focus();
  };
  const name = model.contactName.value;
  const people = useGroup()?.model.participants.value ?? [];
  const isSeveral = people.length > 1;
  const called = isSeveral ? people.map((one) => one.model) : [model];
  // A camera that was refused or is missing does not make it an audio call: the other side's picture is still wanted.
  const isWaiting = model.awaitsClick.value;
  const isAudioOnly = isWaiting ? model.media.value === 'audio' : own.camera.value === 'off';
  return (
    <main class="call-sheet wide">
      {isSeveral ? (
        <>
          <ViewHeading>{plural('callSeveral', people.length)}</ViewHeading>
          <CalledPeople people={people} />
        </>
      ) : (
        <div class="before-title">
          <Avatar id={model.contactId.value} name={name} />
          <ViewHeading>{text('callPerson', name)}</ViewHeading>
        </div>
      )}
      {called.map((one) => (
        <AddressNotice key={one} model={one} page={page} />
      ))}
      <DeviceNotices model={model} />
      <div class={`before-columns${isWaiting ? ' waiting' : ''}`}>
        {isWaiting ? (
          <WaitingStage isAudioOnly={isAudioOnly} onCheck={makeReady} />
        ) : (
          <ReadyStage model={model} deviceMenu={deviceMenu} />
        )}
        <div class="before-start">
          <button
            ref={start}
            type="button"
            class="button primary large start-call"
            onClick={() => actions.startCall(isAudioOnly ? 'audio' : 'video')}
          >
            {isAudioOnly ? <Phone size={24} aria-hidden="true" /> : <Video size={24} aria-hidden="true" />}
            {text('callStart')}
          </button>
          <p class="hint">{text(kindText(model, isAudioOnly, own.screen.value === 'on'))}</p>
          {!isWaiting && !called.some(({ relaysUp }) => relaysUp.value) && <p class="hint">{text('callNoRelayYet')}</p>}
        </div>
        {!isWaiting && <DeviceCard effects={effects} />}
      </div>
    </main>
  );
}
