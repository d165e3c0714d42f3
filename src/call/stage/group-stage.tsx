// The tiles of a group call where the layout wants them. One list for every view: a picture is not taken down to stand elsewhere.
import type { Large, StageChoice, StageEvent, StageView } from '../../core/stage/stage-view.ts';
import type { CallModel } from '../model/call-model.ts';
import type { Group } from '../model/group-context.ts';
import type { Participant } from '../model/group-model.ts';
import { ownId } from '../model/presence.ts';
import { ParticipantTile } from './participant-tile.tsx';
import { PresentedScreen } from './presented-screen.tsx';
import { SelfTile } from './self-tile.tsx';
import type { ShownSizes } from './shown-sizes.ts';
import type { StageLayout } from './use-stage-layout.ts';

interface Props {
  readonly model: CallModel;
  readonly group: Group;
  readonly view: StageView;
  readonly large: Large | undefined;
  readonly layout: StageLayout;
  readonly hands: readonly string[];
  readonly sharing: readonly Participant[];
  readonly selfPlace: StageChoice['self'];
  readonly sizes: ShownSizes;
  readonly onView: (event: StageEvent) => void;
  readonly onStatistics: (id: string) => void;
}

export function GroupStage(props: Props) {
  const { model, group, view, large, layout, hands, sharing, selfPlace, sizes, onView } = props;
  const presented = large?.what === 'screen' ? sharing.find(({ id }) => id === large.id) : undefined;
  const ownBox = layout.boxes.get(ownId);
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
            participant={participant}
            box={box}
            isLarge={large?.what === 'person' && large.id === id}
            isPinned={isPinned}
            handPlace={handPlace(id)}
            actions={group.actions}
            sizes={sizes}
            onPin={() => onView({ event: 'pin', id: isPinned ? undefined : id })}
            onStatistics={() => props.onStatistics(id)}
          />
        );
      })}
      {(selfPlace === 'corner' || ownBox) && (
        <SelfTile model={model} box={ownBox} corner={layout.corner} handPlace={handPlace(ownId)} />
      )}
    </>
  );
}
