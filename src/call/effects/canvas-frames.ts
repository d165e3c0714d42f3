// Frames by a canvas, for browsers without streams of frames. A worker says when: in a hidden page neither paints nor callbacks of the video come.
import type { Draw, FrameWay } from './frame-way.ts';
import { startMetronome } from './metronome.ts';

const framesPerSecond = 30;

/** Where a canvas lets each frame be asked for; elsewhere it is looked at so often. */
type AskedTrack = MediaStreamTrack & { requestFrame?: () => void };

export function canvasFrames(raw: MediaStreamTrack, draw: Draw): FrameWay {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.srcObject = new MediaStream([raw]);
  const play = () => video.play().catch(() => undefined);
  void play();
  const canvas = document.createElement('canvas');
  const { width = 640, height = 360 } = raw.getSettings();
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { alpha: false });
  if (!context) throw new Error('no canvas');
  // Something has to be drawn, or there is no stream; nothing of the camera yet.
  context.fillRect(0, 0, width, height);
  const track = firstTrack(canvas);

  const paint = (): void => {
    if (raw.readyState === 'ended' || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    if (video.paused) void play();
    const { videoWidth, videoHeight } = video;
    if (videoWidth === 0) return;
    const drawn = draw({ image: video, width: videoWidth, height: videoHeight });
    if (!drawn) return;
    const size = drawn === video ? { width: videoWidth, height: videoHeight } : (drawn as HTMLCanvasElement);
    if (canvas.width !== size.width || canvas.height !== size.height) {
      canvas.width = size.width;
      canvas.height = size.height;
    }
    context.drawImage(drawn, 0, 0, canvas.width, canvas.height);
    track.requestFrame?.();
  };
  const stopMetronome = startMetronome(1_000 / framesPerSecond, paint);

  return {
    track,
    stop() {
      stopMetronome();
      video.srcObject = null;
      track.stop();
    },
  };
}

function firstTrack(canvas: HTMLCanvasElement): AskedTrack {
  const [asked] = canvas.captureStream(0).getVideoTracks() as AskedTrack[];
  if (asked?.requestFrame) return asked;
  asked?.stop();
  const [track] = canvas.captureStream(framesPerSecond).getVideoTracks();
  if (!track) throw new Error('no stream of a canvas');
  return track;
}
