// A shown screen in the large place, and the choice among several.
import { ScreenShare } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import type { Box } from '../../core/stage/tile-layout.ts';
import { text } from '../../ui/texts/text.ts';
import { StreamVideo } from '../kit/stream-video.tsx';
import { useShownSize } from '../kit/use-shown-size.ts';
import type { Participant } from '../model/group-model.ts';
import { nameOf } from '../model/presence.ts';
import { boxStyle } from './participant-tile.tsx';
import type { ShownSizes } from './shown-sizes.ts';

interface ScreenProps {
  readonly participant: Participant;
  readonly box: Box;
  readonly sizes: ShownSizes;
}

export function PresentedScreen({ participant, box, sizes }: ScreenProps) {
  const { id, model } = participant;
  const tile = useRef<HTMLElement>(null);
  useShownSize(tile, id, (size) => sizes.tell('stage', 'screen', id, size));
  const label = text('callScreenOf', nameOf(participant));
  const stream = model.remoteScreen.value;
  return (
    <section ref={tile} class="tile large presented" aria-label={label} style={boxStyle(box)}>
      {stream && <StreamVideo stream={stream} class="tile-picture whole" />}
      <div class="tile-plate">
        <p class="badge tile-name">
          <ScreenShare size={15} aria-hidden="true" />
          <span class="tile-name-words">{label}</span>
        </p>
      </div>
    </section>
  );
}

interface ChoiceProps {
  readonly sharing: readonly Participant[];
  /** Undefined while people are looked at instead. */
  readonly shown: string | undefined;
  readonly onChoose: (id: string) => void;
}

/** Only where there is something to choose: several screens, or one that is not looked at. */
export function ScreenChoice({ sharing, shown, onChoose }: ChoiceProps) {
  if (sharing.length === 0 || (sharing.length === 1 && sharing[0]?.id === shown)) return null;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form.
    <div class="screen-choice" role="group" aria-label={text('groupScreens')}>
      {sharing.map((participant) => (
        <button
          key={participant.id}
          type="button"
          class="kind-button"
          aria-pressed={participant.id === shown}
          onClick={() => onChoose(participant.id)}
        >
          <ScreenShare size={15} aria-hidden="true" />
          <span>{text('callScreenOf', nameOf(participant))}</span>
        </button>
      ))}
    </div>
  );
}
