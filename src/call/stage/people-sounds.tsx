// Everybody's sound, and that of their screens, wherever and whether they are shown: an <audio> for each, which stays while they are in
// the call. Where the browser refuses sound before a first click, one button, or any click or key, brings all of it.
import { Volume2 } from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { chooseSpeaker } from '../../ui/sound/tone-player.ts';
import { text } from '../../ui/texts/text.ts';
import { type GroupModel, onlyOther, type Participant } from '../model/group-model.ts';
import { isProven, nameOf, sharesScreen } from '../model/presence.ts';

interface Props {
  readonly group: GroupModel;
  readonly speakerId: string;
  /** Nobody is heard in a call that is on hold. */
  readonly isOnHold: boolean;
}

export function PeopleSounds({ group, speakerId, isOnHold }: Props) {
  const refused = useRef(new Map<HTMLAudioElement, () => void>());
  const [isRefused, setRefused] = useState(false);
  const playAll = () => {
    for (const play of refused.current.values()) play();
  };
  const onRefused = (element: HTMLAudioElement, play: (() => void) | undefined) => {
    if (play) refused.current.set(element, play);
    else refused.current.delete(element);
    setRefused(refused.current.size > 0);
  };
  useEffect(() => {
    if (!isRefused) return;
    window.addEventListener('pointerup', playAll);
    window.addEventListener('keyup', playAll);
    return () => {
      window.removeEventListener('pointerup', playAll);
      window.removeEventListener('keyup', playAll);
    };
  }, [isRefused]);
  const only = onlyOther(group);
  return (
    <>
      {group.participants.value.map((participant) => (
        <SoundsOf
          key={participant.id}
          participant={participant}
          speakerId={speakerId}
          isOnHold={isOnHold}
          onRefused={onRefused}
        />
      ))}
      {isRefused && !isOnHold && (
        <button type="button" class="button primary hear-button" onClick={playAll}>
          <Volume2 size={20} aria-hidden="true" />
          {only ? text('callClickToHear', nameOf(only)) : text('groupClickToHear')}
        </button>
      )}
    </>
  );
}

type OnRefused = (element: HTMLAudioElement, play: (() => void) | undefined) => void;

interface SoundsProps {
  readonly participant: Participant;
  readonly speakerId: string;
  readonly isOnHold: boolean;
  readonly onRefused: OnRefused;
}

function SoundsOf({ participant, speakerId, isOnHold, onRefused }: SoundsProps) {
  const { model, volume, isMutedHere } = participant;
  const isSilent = !isProven(participant) || isMutedHere.value || isOnHold;
  const sound = { isSilent, volume: volume.value, speakerId, onRefused };
  const screen = sharesScreen(participant) ? model.remoteScreen.value : undefined;
  return (
    <>
      {model.remoteStream.value && <Sound {...sound} stream={model.remoteStream.value} />}
      {screen && <Sound {...sound} stream={screen} />}
    </>
  );
}

interface SoundProps {
  readonly stream: MediaStream;
  readonly isSilent: boolean;
  readonly volume: number;
  readonly speakerId: string;
  readonly onRefused: OnRefused;
}

function Sound({ stream, isSilent, volume, speakerId, onRefused }: SoundProps) {
  const audio = useRef<HTMLAudioElement>(null);
  const play = () => {
    const element = audio.current;
    if (!element) return;
    element.play().then(
      () => onRefused(element, undefined),
      (error: unknown) => {
        if (error instanceof DOMException && error.name === 'NotAllowedError') onRefused(element, play);
      },
    );
  };
  useLayoutEffect(() => {
    const element = audio.current;
    if (!element) return;
    element.srcObject = stream;
    return () => {
      element.srcObject = null;
      onRefused(element, undefined);
    };
  }, [stream]);
  useLayoutEffect(() => {
    const element = audio.current;
    if (!element) return;
    element.muted = isSilent;
    if (!isSilent) play();
  }, [stream, isSilent]);
  useLayoutEffect(() => {
    if (audio.current) audio.current.volume = Math.min(1, Math.max(0, volume));
  }, [volume]);
  useEffect(() => {
    if (audio.current) void chooseSpeaker(audio.current, speakerId);
  }, [speakerId]);
  // biome-ignore lint/a11y/useMediaCaption: people talking now; nobody has captions of it.
  return <audio ref={audio} />;
}
