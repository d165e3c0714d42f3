// A stream's picture without its sound, which plays elsewhere (people-sounds.tsx). Portraits are shown whole, everything else fills its
// place.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

interface Props {
  readonly stream: MediaStream;
  readonly class: string;
  /** There is nothing to see just now: the element stays for what comes. */
  readonly isHidden?: boolean;
}

export function StreamVideo({ stream, class: className, isHidden = false }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const [isPortrait, setPortrait] = useState(false);
  useLayoutEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = stream;
    // Silent pictures may always play; a stream without a picture yet plays when it comes.
    element.play().catch(() => undefined);
  }, [stream]);
  return (
    <video
      ref={video}
      class={`${className}${isPortrait ? ' portrait' : ''}`}
      autoplay
      hidden={isHidden}
      playsInline
      muted
      onResize={({ currentTarget: { videoWidth, videoHeight } }) => setPortrait(videoHeight > videoWidth)}
    />
  );
}
