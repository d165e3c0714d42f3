// One person on the stage: their picture, or who they are and where they stand, with what there is to know and to do.
import { MicOff, Pin, PinOff, ShieldAlert, VolumeX } from 'lucide-preact';
import { useRef } from 'preact/hooks';
import type { Box } from '../../core/stage/tile-layout.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { text } from '../../ui/texts/text.ts';
import { StreamVideo } from '../kit/stream-video.tsx';
import { useShownSize } from '../kit/use-shown-size.ts';
import type { Participant } from '../model/group-model.ts';
import {
  emojiDiffered,
  isHere,
  isOnHold,
  isReconnecting,
  nameOf,
  originWords,
  presenceWords,
  showsPicture,
} from '../model/presence.ts';
import { Answers } from '../people/answers.tsx';
import { PersonMenu, type PersonMenuParts } from '../people/person-menu.tsx';
import { SignalBars } from '../quality/signal-bars.tsx';
import type { ShownSizes } from './shown-sizes.ts';
import { HandMark, NameMark } from './tile-marks.tsx';

interface Props {
  /** With what is done about the person. */
  readonly menu: PersonMenuParts;
  readonly box: Box;
  readonly isLarge: boolean;
  /** The only other person, over the whole stage: the header says who it is, and there is room for sentences. */
  readonly isCalm: boolean;
  /** Neither side of a call of two shows itself: they talk. */
  readonly isVoiceCall: boolean;
  /** 1 for the first who raised a hand; 0 for nobody who did. */
  readonly handPlace: number;
  readonly sizes: ShownSizes;
}

/** Where a tile stands, as CSS wants it. */
export function boxStyle({ left, top, width, height }: Box) {
  return { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` };
}

export function ParticipantTile(props: Props) {
  const { menu, box, isLarge, isCalm, handPlace, sizes } = props;
  const { participant, actions, isPinned, onPin } = menu;
  const { id, model, presence } = participant;
  const tile = useRef<HTMLElement>(null);
  useShownSize(tile, id, (size) => sizes.tell('stage', 'person', id, size));
  const name = nameOf(participant);
  const isIn = isHere(presence.value);
  const stream = model.remoteStream.value;
  const hasPicture = showsPicture(participant);
  const isSpeaking = isIn && model.remoteSpeaking.value && model.remoteMicrophoneOn.value;
  const words = presenceWords(participant);
  const states = ['tile', isSpeaking ? 'speaking' : '', isLarge ? 'large' : '', words !== '' && isIn ? 'dimmed' : ''];
  return (
    <section
      ref={tile}
      class={states.filter(Boolean).join(' ')}
      aria-label={name}
      style={boxStyle(box)}
      // The button says the same to the keyboard.
      onDblClick={(event) => {
        if (isIn && !isCalm && !(event.target instanceof Element && event.target.closest('button, .flyout'))) onPin();
      }}
    >
      {stream && <StreamVideo stream={stream} class="tile-picture" isHidden={!hasPicture} />}
      {(!hasPicture || words !== '') && (
        <div class={`tile-middle${isIn ? '' : ' with-answers'}`}>
          {!hasPicture && <Avatar id={id} name={name} speaking={isSpeaking} />}
          {words !== '' && <p class="tile-state">{words}</p>}
          {!hasPicture && words === '' && <WhyNoPicture {...props} name={name} />}
          {isCalm && isReconnecting(participant) && <p>{text('callReconnectingHint')}</p>}
          {isCalm && isOnHold(participant) && <p>{text('callOnHoldHint', name)}</p>}
          {!isIn && <Answers participant={participant} name={name} actions={actions} />}
        </div>
      )}
      <div class="tile-top">
        <HandMark place={handPlace} />
        <Alarm participant={participant} />
      </div>
      {isCalm ? (
        <Muted participant={participant} name={name} />
      ) : (
        <NamePlate participant={participant} name={name} isIn={isIn} />
      )}
      {isIn && (
        <div class="tile-tools">
          {!isCalm && (
            <button
              type="button"
              class={`tile-tool tile-pin${isPinned ? ' on' : ''}`}
              aria-pressed={isPinned}
              aria-label={isPinned ? text('groupPin', name) : undefined}
              title={text(isPinned ? 'groupUnpin' : 'groupPin', name)}
              onClick={onPin}
            >
              {isPinned ? <PinOff size={18} aria-hidden="true" /> : <Pin size={18} aria-hidden="true" />}
            </button>
          )}
          <PersonMenu name={name} {...menu} />
        </div>
      )}
    </section>
  );
}

function WhyNoPicture({ menu, isCalm, isVoiceCall, name }: Props & { readonly name: string }) {
  const { model, presence } = menu.participant;
  if (!isHere(presence.value) || !model.remoteStream.value) return null;
  const isPaused = model.remoteCameraOn.value && model.remotePaused.value;
  if (isVoiceCall && !isPaused)
    return (
      <p class="tile-voice" dir="auto">
        {name}
      </p>
    );
  if (isCalm) return <p>{text(isPaused ? 'callRemotePaused' : 'callRemoteCameraOff', name)}</p>;
  return isPaused ? <p class="tile-hint">{text('groupPaused')}</p> : null;
}

/** All that a name plate would say where the header has the name already. */
function Muted({ participant, name }: { participant: Participant; name: string }) {
  const { model, isMutedHere } = participant;
  // That somebody on hold says nothing needs no second word.
  const isMuted = !model.remoteMicrophoneOn.value && !isOnHold(participant);
  if (!isMuted && !isMutedHere.value) return null;
  return (
    <div class="tile-plate">
      {isMuted && (
        <p class="badge">
          <MicOff size={16} aria-hidden="true" />
          {text('callRemoteMuted', name)}
        </p>
      )}
      {isMutedHere.value && (
        <p class="badge">
          <VolumeX size={16} aria-hidden="true" />
          {text('groupMutedHere')}
        </p>
      )}
    </div>
  );
}

function NamePlate({ participant, name, isIn }: { participant: Participant; name: string; isIn: boolean }) {
  const { model, isMutedHere } = participant;
  const isMuted = isIn && !model.remoteMicrophoneOn.value;
  const origins = originWords(participant).join(' · ');
  return (
    <div class="tile-plate">
      <p class="badge tile-name">
        {isMuted && <NameMark Icon={MicOff} words={text('callRemoteMuted', name)} />}
        {isMutedHere.value && <NameMark Icon={VolumeX} words={text('groupMutedHere')} />}
        <span class="tile-name-words" dir="auto" title={name}>
          {name}
        </span>
        {isIn && presenceWords(participant) === '' && <SignalBars side={model.remoteQuality.value} whose="theirs" />}
      </p>
      {origins && (
        <p class="badge tile-origin" title={origins}>
          <span>{origins}</span>
        </p>
      )}
    </div>
  );
}

/** The emoji differed the last time: nobody should miss that. */
function Alarm({ participant }: { readonly participant: Participant }) {
  if (!emojiDiffered(participant)) return null;
  return (
    <p class="badge tile-alarm">
      <ShieldAlert size={16} aria-hidden="true" />
      {text('callSecurityDifferent')}
    </p>
  );
}
