// The person here on the stage, among the others or in a corner.
import { MicOff } from 'lucide-preact';
import { bestSide } from '../../core/media/link-quality.ts';
import type { Box } from '../../core/stage/tile-layout.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import { LocalPicture } from '../kit/local-picture.tsx';
import type { Participant } from '../model/group-model.ts';
import { useOwn } from '../model/own-context.ts';
import { linkWords, SignalBars } from '../quality/signal-bars.tsx';
import { boxStyle } from './participant-tile.tsx';
import { HandMark, NameMark } from './tile-marks.tsx';

/** From the corner, in CSS pixels. */
const margin = 12;

interface Props {
  readonly people: readonly Participant[];
  /** Undefined: in the corner. */
  readonly box: Box | undefined;
  readonly corner: { readonly right: number; readonly bottom: number };
  readonly handPlace: number;
}

export function SelfTile({ people, box, corner, handPlace }: Props) {
  const { model } = useOwn();
  const picture = model.picture.value;
  const isMuted = model.microphone.value !== 'on' && model.microphone.value !== 'starting';
  const name = text('callYou');
  return (
    <section
      class={`tile self${box ? '' : ' corner'}${model.speaking.value ? ' speaking' : ''}`}
      aria-label={name}
      style={
        box
          ? boxStyle(box)
          : { '--corner-right': `${corner.right + margin}px`, '--corner-bottom': `${corner.bottom + margin}px` }
      }
    >
      {picture ? (
        <LocalPicture stream={picture} />
      ) : (
        <div class="tile-middle">
          <Avatar id={model.id.value} name={name} speaking={model.speaking.value} />
        </div>
      )}
      <div class="tile-top">
        <HandMark place={handPlace} />
      </div>
      <div class="tile-plate">
        <p class="badge tile-name">
          {isMuted && <NameMark Icon={MicOff} words={text('callMutedShort')} />}
          <span class="tile-name-words">{name}</span>
          <OwnSignal people={people} />
        </p>
      </div>
    </section>
  );
}

/** How well we reach the others. Where somebody is reached well, it is not the own network that is weak. */
function OwnSignal({ people }: { readonly people: readonly Participant[] }) {
  const side = bestSide(
    people.filter(({ presence }) => presence.value === 'in').map(({ model }) => model.ownQuality.value),
  );
  if (!side) return null;
  return (
    <span class="own-signal" title={linkWords(side, 'own')}>
      <SignalBars side={side} whose="own" />
    </span>
  );
}
