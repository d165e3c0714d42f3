// The person here on the stage, among the others or in a corner. In a corner it can be moved to another, by pointer and by key, and hidden.
import { EyeOff, MicOff, Move, UserRound } from 'lucide-preact';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { bestSide } from '../../core/media/link-quality.ts';
import { movedCorner, nextCorner, type SelfCorner, type SelfMove } from '../../core/stage/self-place.ts';
import type { Box } from '../../core/stage/tile-layout.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import { LocalPicture } from '../kit/local-picture.tsx';
import type { Participant } from '../model/group-model.ts';
import { useOwn } from '../model/own-context.ts';
import { linkWords, SignalBars } from '../quality/signal-bars.tsx';
import { boxStyle } from './participant-tile.tsx';
import { HandMark, NameMark } from './tile-marks.tsx';
import { useDraggedCorner } from './use-dragged-corner.ts';

/** From the corner, in CSS pixels. */
const margin = 12;

/** What a person has chosen for the own picture, and can choose. */
export interface SelfChoice {
  readonly corner: SelfCorner;
  readonly isHidden: boolean;
  readonly onCorner: (corner: SelfCorner) => void;
  readonly onHide: (isHidden: boolean) => void;
}

interface Props {
  readonly people: readonly Participant[];
  /** Undefined: in the corner. */
  readonly box: Box | undefined;
  /** From the edges of the stage to those of the large place. */
  readonly edges: { readonly right: number; readonly bottom: number };
  readonly choice: SelfChoice;
  readonly handPlace: number;
}

const cornerWords: Readonly<Record<SelfCorner, TextKey>> = {
  'top-left': 'callSelfTopLeft',
  'top-right': 'callSelfTopRight',
  'bottom-left': 'callSelfBottomLeft',
  'bottom-right': 'callSelfBottomRight',
};

const moves: Readonly<Record<string, SelfMove>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

export function SelfTile({ people, box, edges, choice, handPlace }: Props) {
  const { model } = useOwn();
  const tile = useRef<HTMLElement>(null);
  const drag = useDraggedCorner(tile, choice.onCorner);
  const picture = model.picture.value;
  const isMuted = model.microphone.value !== 'on' && model.microphone.value !== 'starting';
  const name = text('callYou');
  const place = box ? '' : ` self-picture self-corner at-${choice.corner}`;
  if (!box && choice.isHidden)
    return (
      <button
        type="button"
        class={`tile-tool self-shown self-corner at-${choice.corner}`}
        style={edgeStyle(edges)}
        title={text('callShowSelf')}
        onClick={() => choice.onHide(false)}
      >
        <UserRound size={18} aria-hidden="true" />
      </button>
    );
  return (
    <section
      ref={tile}
      class={`tile self${place}${model.speaking.value ? ' speaking' : ''}`}
      aria-label={name}
      style={box ? boxStyle(box) : edgeStyle(edges)}
      {...(box ? {} : drag)}
    >
      {picture ? (
        <LocalPicture stream={picture} />
      ) : (
        <div class="tile-middle">
          <Avatar id={model.id.value} name={model.name.value || name} speaking={model.speaking.value} />
        </div>
      )}
      <div class="tile-top">
        <HandMark place={handPlace} />
      </div>
      {!box && <SelfTools {...choice} />}
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

function SelfTools({ corner, onCorner, onHide }: SelfChoice) {
  return (
    <div class="tile-tools">
      <button
        type="button"
        class="tile-tool"
        aria-description={text(cornerWords[corner])}
        title={text('callMoveSelf')}
        onClick={() => onCorner(nextCorner(corner))}
        onKeyDown={(event) => {
          const move = moves[event.key];
          if (!move) return;
          event.preventDefault();
          onCorner(movedCorner(corner, move));
        }}
      >
        <Move size={16} aria-hidden="true" />
      </button>
      <button type="button" class="tile-tool" title={text('callHideSelf')} onClick={() => onHide(true)}>
        <EyeOff size={16} aria-hidden="true" />
      </button>
    </div>
  );
}

function edgeStyle({ right, bottom }: Props['edges']): JSX.CSSProperties {
  return {
    '--corner-right': `${right + margin}px`,
    '--corner-bottom': `${bottom + margin}px`,
    '--corner-left': `${margin}px`,
  };
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
