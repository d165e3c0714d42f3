// We call: first no device of theirs answered yet, then one rings. The own picture fills the stage meanwhile.
import { WifiOff } from 'lucide-preact';
import { Avatar } from '../../ui/avatar.tsx';
import { HangUpIcon } from '../../ui/hang-up-icon.tsx';
import { plural, text } from '../../ui/texts/text.ts';
import { ScreenButton } from '../controls/call-buttons.tsx';
import { DeviceNotices } from '../controls/device-notices.tsx';
import { DeviceToggles } from '../controls/device-toggles.tsx';
import { useCallShortcuts } from '../controls/shortcuts.ts';
import { LocalPicture } from '../kit/local-picture.tsx';
import { ViewHeading } from '../kit/view-heading.tsx';
import { useGroup } from '../model/group-context.ts';
import { useOwn } from '../model/own-context.ts';
import type { CallActions, PersonModel } from '../model/person-model.ts';
import { CalledPeople } from '../people/called-people.tsx';
import { OwnScreenNote } from '../stage/own-screen-note.tsx';

interface Props {
  readonly model: PersonModel;
  readonly actions: CallActions;
  readonly isRinging: boolean;
}

export function OutgoingView({ model, actions, isRinging }: Props) {
  useCallShortcuts();
  const { model: own } = useOwn();
  const name = model.contactName.value;
  const people = useGroup()?.model.participants.value ?? [];
  const isSeveral = people.length > 1;
  const called = isSeveral ? people.map((one) => one.model) : [model];
  const picture = own.picture.value;
  return (
    <main class="stage outgoing">
      <section class="outgoing-own" aria-label={text('callYou')}>
        {picture && <LocalPicture stream={picture} />}
      </section>
      <div class="outgoing-person">
        {isSeveral ? (
          <>
            <ViewHeading>{plural('callCallingSeveral', people.length)}</ViewHeading>
            <CalledPeople people={people} showsState />
          </>
        ) : (
          <>
            <div class="ringing-avatar">
              <Avatar id={model.contactId.value} name={name} />
            </div>
            <ViewHeading>{text('callCalling', name)}</ViewHeading>
            <p class="stage-state">{isRinging ? text('callRinging') : text('callReaching', name)}</p>
            <p class="stage-silent" role="status">
              {model.mayNotKnowUs.value && text('callMayNotKnowYou', name)}
            </p>
          </>
        )}
        {!called.some(({ relaysUp }) => relaysUp.value) && (
          <p class="stage-note">
            <WifiOff size={20} aria-hidden="true" />
            <span>{text('callNoRelay')}</span>
          </p>
        )}
        <DeviceNotices model={model} />
      </div>
      <div class="own-stage-note">
        <OwnScreenNote model={model} />
      </div>
      <section class="controls outgoing-bar" aria-label={text('callControls')}>
        <DeviceToggles />
        <ScreenButton />
        <button type="button" class="button danger large" onClick={() => actions.cancelCall()}>
          <HangUpIcon size={20} />
          {text('callCancel')}
        </button>
      </section>
    </main>
  );
}
