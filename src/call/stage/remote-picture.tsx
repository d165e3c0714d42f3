// The other side's sound and picture in one <video>. It plays the sound even while there is no picture. Where the browser refuses sound
// before a first click, the picture plays silently and a button, or any click or key, brings the sound.
import { Volume2 } from 'lucide-preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { chooseSpeaker } from '../../ui/tone-player.ts';

interface Props {
  readonly name: string;
  readonly stream: MediaStream | undefined;
  readonly speakerId: string;
  /** The other end is who it should be: it may be heard and seen. */
  readonly isProven: boolean;
  readonly hasPicture: boolean;
}

export function RemotePicture({ name, stream, speakerId, isProven, hasPicture }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [isRefused, setRefused] = useState(false);
  const play = () => {
    const element = video.current;
    if (!element) return;
    element.muted = false;
    element.play().then(
      () => setRefused(false),
      (error: unknown) => {
        if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
        setRefused(true);
        element.muted = true;
        element.play().catch(() => undefined);
      },
    );
  };
  // Before the browser paints, and before anything arrives: the first frame then finds its place.
  useLayoutEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  useLayoutEffect(() => {
    if (stream && isProven) play();
  }, [stream, isProven]);
  useEffect(() => {
    if (video.current) void chooseSpeaker(video.current, speakerId);
  }, [speakerId]);
  useEffect(() => {
    if (!isRefused) return;
    window.addEventListener('pointerup', play);
    window.addEventListener('keyup', play);
    return () => {
      window.removeEventListener('pointerup', play);
      window.removeEventListener('keyup', play);
    };
  }, [isRefused]);
  return (
    <>
      <video ref={video} class="remote-picture" hidden={!hasPicture} autoplay playsInline muted={!isProven} />
      {isRefused && (
        <button type="button" class="button primary hear-button" onClick={play}>
          <Volume2 size={20} aria-hidden="true" />
          {text('callClickToHear', name)}
        </button>
      )}
    </>
  );
}
