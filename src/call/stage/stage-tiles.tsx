// The tiles of a call where the layout wants them. One list for every view: a picture is not taken down to stand elsewhere.
import type { Large, StageEvent, StageView } from '../../core/stage/stage-view.ts';
import { isSwitchedOn } from '../model/device-wish.ts';
import type { Group } from '../model/group-context.ts';
import type { Participant } from '../model/group-model.ts';
import { useOwn } from '../model/own-context.ts';
import { ownId } from '../model/presence.ts';
import { ParticipantTile } from './participant-tile.tsx';
import { PresentedScreen } from './presented-screen.tsx';
import { type SelfChoice, SelfTile } from './self-tile.tsx';
import type { ShownSizes } from './shown-sizes.ts';
import type { StageLayout } from './use-stage-layout.ts';

interface Props {
  readonly group: Group;
  readonly view: StageView;
  readonly large: Large | undefined;
  readonly layout: StageLayout;
  readonly hands: readonly string[];
  readonly sharing: readonly Participant[];
  /** The only other person has the whole stage. */
  readonly isCalm: boolean;
  /** The own picture stands in the layout; otherwise in the corner. */
  readonly isSelfAmongOthers: boolean;
  /** Where the own picture stands while it is in a corner. */
  readonly self: SelfChoice;
  readonly sizes: ShownSizes;
  readonly onView: (event: StageEvent) => void;
  readonly onStatistics: (id: string) => void;
}

export function StageTiles(props: Props) {
  const { model: own } = useOwn();
  const { group, view, large, layout, hands, sharing, isCalm, isSelfAmongOthers, self, sizes, onView } = props;
  const presented = large?.what === 'screen' ? sharing.find(({ id }) => id === large.id) : undefined;
  const ownBox = layout.boxes.get(ownId);
  const isVoiceCall = isCalm && !isSwitchedOn(own.camera.value) && group.model.participants.value.every(isUnseen);
  const handPlace = (id: string) => hands.indexOf(id) + 1;
  return (
    <>
      {presented && layout.large && (
        <PresentedScreen key={`screen ${presented.id}`} participant={presented} box={layout.large} sizes={sizes} />
      )}
      {group.model.participants.value.map((participant) => {
        const { id } = participant;
        const box = layout.boxes.get(id);
        if (!box) return null;
        const isPinned = view.pinned === id;
        return (
          <ParticipantTile
            key={id}
            menu={{
              participant,
              actions: group.actions,
              isPinned,
              onPin: () => onView({ event: 'pin', id: isPinned ? undefined : id }),
              onStatistics: () => props.onStatistics(id),
            }}
            box={box}
            isLarge={large?.what === 'person' && large.id === id}
            isCalm={isCalm}
            isVoiceCall={isVoiceCall}
            handPlace={handPlace(id)}
            sizes={sizes}
          />
        );
      })}
      {/* Nobody needs an empty place for a picture that is not wanted. */}
      {(!isSelfAmongOthers || ownBox) && !isVoiceCall && (
        <SelfTile
          people={group.model.participants.value}
          box={ownBox}
          edges={layout.corner}
          choice={self}
          handPlace={handPlace(ownId)}
        />
      )}
    </>
  );
}

function isUnseen({ model }: Participant): boolean {
  return !model.remoteCameraOn.value;
}
