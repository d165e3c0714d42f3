// The person here on the stage of a group call, among the others or in a corner.
import { Hand, MicOff } from 'lucide-preact';
import type { Box } from '../../core/stage/tile-layout.ts';
import { text } from '../../ui/texts/text.ts';
import { Avatar } from '../kit/avatar.tsx';
import { LocalPicture } from '../kit/local-picture.tsx';
import type { CallModel } from '../model/call-model.ts';
import { boxStyle } from './participant-tile.tsx';

/** From the corner, in CSS pixels. */
const margin = 12;

interface Props {
  readonly model: CallModel;
  /** Undefined: in the corner. */
  readonly box: Box | undefined;
  readonly corner: { readonly right: number; readonly bottom: number };
  readonly handPlace: number;
}

export function SelfTile({ model, box, corner, handPlace }: Props) {
  const picture = model.localPicture.value;
  const isMuted = model.microphone.value !== 'on' && model.microphone.value !== 'starting';
  const name = text('callYou');
  return (
    <section
      class={`tile self${box ? '' : ' corner'}${model.localSpeaking.value ? ' speaking' : ''}`}
      aria-label={name}
      style={box ? boxStyle(box) : { right: `${corner.right + margin}px`, bottom: `${corner.bottom + margin}px` }}
    >
      {picture ? (
        <LocalPicture stream={picture} />
      ) : (
        <div class="tile-middle">
          <Avatar id={model.selfId.value} name={name} speaking={model.localSpeaking.value} />
        </div>
      )}
      <div class="tile-top">
        {handPlace > 0 && (
          <p class="badge tile-hand">
            <Hand size={16} aria-hidden="true" />
            <span aria-hidden="true">{handPlace}</span>
            <span class="visually-hidden">{text('groupHandPlace', String(handPlace))}</span>
          </p>
        )}
      </div>
      <div class="tile-plate">
        <p class="badge tile-name">
          {isMuted && (
            <>
              <MicOff size={15} aria-hidden="true" />
              <span class="visually-hidden">{text('callMutedShort')}</span>
            </>
          )}
          <span class="tile-name-words">{name}</span>
        </p>
      </div>
    </section>
  );
}
