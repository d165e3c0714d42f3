// The own camera, mirrored and silent, as people know themselves.
import { useEffect, useRef } from 'preact/hooks';

export function LocalPicture({ stream }: { readonly stream: MediaStream }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} class="local-picture" muted autoplay playsInline disablePictureInPicture />;
}
