// The other side's sound and picture in one <video>. It plays the sound even while there is no picture; a browser that refuses to play
// before a click gets a button for that click.
import { Volume2 } from 'lucide-preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { text } from '../ui/text.ts';
import { chooseSpeaker } from '../ui/tone-player.ts';

interface Props {
  readonly name: string;
  readonly stream: MediaStream | undefined;
  readonly speakerId: string;
  readonly hasPicture: boolean;
}

export function RemotePicture({ name, stream, speakerId, hasPicture }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const play = () => {
    video.current?.play().then(
      () => setRefused(false),
      (error: unknown) => setRefused(error instanceof DOMException && error.name === 'NotAllowedError'),
    );
  };
  useEffect(() => {
    if (!video.current) return;
    video.current.srcObject = stream ?? null;
    if (stream) play();
  }, [stream]);
  useEffect(() => {
    if (video.current) void chooseSpeaker(video.current, speakerId);
  }, [speakerId]);
  return (
    <>
      {/* biome-ignore lint/a11y/useMediaCaption: a live call has no captions file. */}
      <video ref={video} class="remote-picture" hidden={!hasPicture} autoplay playsInline />
      {isRefused && (
        <button type="button" class="button primary hear-button" onClick={play}>
          <Volume2 size={20} aria-hidden="true" />
          {text('callClickToHear', name)}
        </button>
      )}
    </>
  );
}
