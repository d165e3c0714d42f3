// Words over the stage of a group call: who knocks, who came with others, what is wrong with devices or the network, whose emoji differed, a muted microphone
// that is spoken into.
import { MicOff } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';
import { DeviceNotices } from '../controls/device-notices.tsx';
import type { CallActions, CallModel } from '../model/call-model.ts';
import type { Group } from '../model/group-context.ts';
import { nameOf } from '../model/presence.ts';
import { KnockNotices } from '../people/knock-notices.tsx';
import { NewcomerNotices } from '../people/newcomer-notices.tsx';
import { SecurityCard } from '../people/security-card.tsx';
import { BandwidthNotice } from '../quality/bandwidth-notice.tsx';
import { BridgeNote } from './bridge-note.tsx';

interface Props {
  readonly model: CallModel;
  readonly actions: CallActions;
  readonly group: Group;
  /** The panel shows who knocks and who is not secure by itself. */
  readonly isPeopleOpen: boolean;
}

export function GroupNotes({ model, actions, group, isPeopleOpen }: Props) {
  const people = group.model.participants.value;
  const alarming = people.filter(({ model: { security } }) => {
    return security.value.state === 'ready' && security.value.verification.state === 'different';
  });
  const slow = people.find((participant) => participant.model.ownPaused.value);
  return (
    <>
      <div class="side-notes">
        {!isPeopleOpen && <KnockNotices group={group} />}
        {!isPeopleOpen && <NewcomerNotices group={group} />}
        {!isPeopleOpen &&
          alarming.map((participant) => (
            <SecurityCard
              key={participant.id}
              check={participant.model.security.value}
              name={nameOf(participant)}
              actions={{
                wordsMatch: () => group.actions.wordsMatch(participant.id),
                wordsDiffer: () => group.actions.wordsDiffer(participant.id),
              }}
              isOneOfMany
            />
          ))}
        <BridgeNote group={group.model} />
        <BandwidthNotice model={slow?.model ?? model} actions={actions} />
        {group.model.advice.value === 'turn-camera-off' && model.camera.value === 'on' && (
          <div class="device-notice" role="status">
            <p>{text('groupAdviceCamera')}</p>
            <button type="button" class="button small" onClick={() => actions.toggleCamera()}>
              {text('groupAdviceCameraOff')}
            </button>
          </div>
        )}
        <DeviceNotices model={model} />
      </div>
      {model.mutedSpeaking.value && model.microphone.value === 'off' && (
        <p class="muted-hint">
          <MicOff size={18} aria-hidden="true" />
          {text('callYouAreMuted')}
          <button type="button" class="button primary" onClick={() => actions.toggleMicrophone()}>
            {text('callUnmuteShort')}
          </button>
        </p>
      )}
    </>
  );
}
