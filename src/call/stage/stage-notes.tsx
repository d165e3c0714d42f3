// Words beside the stage, which makes room for them: who knocks, who came with others, whose emoji differed, what is wrong with devices or the
// network.
import { text } from '../../ui/texts/text.ts';
import { DeviceNotices } from '../controls/device-notices.tsx';
import { EffectNotice } from '../controls/own-effects.tsx';
import type { Group } from '../model/group-context.ts';
import { onlyOther, type Participant } from '../model/group-model.ts';
import { useOwn } from '../model/own-context.ts';
import type { CallActions, PersonModel } from '../model/person-model.ts';
import { emojiDiffered, nameOf } from '../model/presence.ts';
import { HandOverNotice } from '../people/hand-over-notice.tsx';
import { KnockNotices } from '../people/knock-notices.tsx';
import { NewcomerNotices } from '../people/newcomer-notices.tsx';
import { OtherCallNotices } from '../people/other-call-notices.tsx';
import { RoomNotices } from '../people/room-notices.tsx';
import { SecurityCard } from '../people/security-card.tsx';
import { BandwidthNotice } from '../quality/bandwidth-notice.tsx';
import { BridgeNote } from './bridge-note.tsx';

interface Props {
  readonly model: PersonModel;
  readonly actions: CallActions;
  readonly group: Group;
  /** The panel shows who knocks and who is not secure by itself. */
  readonly isPeopleOpen: boolean;
}

export function StageNotes({ model, actions, group, isPeopleOpen }: Props) {
  const own = useOwn();
  const people = group.model.participants.value;
  const isPair = onlyOther(group.model) !== undefined;
  const alarming = people.filter(emojiDiffered);
  const slow = people.find((participant) => participant.model.ownPaused.value);
  return (
    <div class="side-notes">
      <OtherCallNotices />
      <HandOverNotice group={group.model} />
      {!isPeopleOpen && <KnockNotices group={group} />}
      {!isPeopleOpen && <NewcomerNotices group={group} />}
      {!isPeopleOpen &&
        alarming.map((participant) => (
          <SecurityCard
            key={participant.id}
            check={participant.model.security.value}
            name={nameOf(participant)}
            actions={isPair ? actions : answersOf(participant, group)}
            isOneOfMany={!isPair}
            isOpenAtFirst
          />
        ))}
      <RoomNotices group={group} />
      <BridgeNote group={group.model} />
      <BandwidthNotice model={slow?.model ?? model} actions={actions} />
      {group.model.advice.value === 'turn-camera-off' && own.model.camera.value === 'on' && (
        <div class="device-notice" role="status">
          <p>{text('groupAdviceCamera')}</p>
          <button type="button" class="button" onClick={() => own.actions.toggleCamera()}>
            {text('groupAdviceCameraOff')}
          </button>
        </div>
      )}
      <EffectNotice />
      <DeviceNotices model={model} isOnStage />
    </div>
  );
}

function answersOf({ id }: Participant, { actions }: Group) {
  return { wordsMatch: () => actions.wordsMatch(id), wordsDiffer: () => actions.wordsDiffer(id) };
}
