// Frames by streams (mediacapture-transform, as Chromium has it): driven by the camera, whether the page is seen or not.
import type { Draw, FrameWay, frameStreams } from './frame-way.ts';

type Streams = NonNullable<ReturnType<typeof frameStreams>>;

export function streamedFrames(raw: MediaStreamTrack, draw: Draw, streams: Streams): FrameWay {
  const reader = new streams.MediaStreamTrackProcessor({ track: raw }).readable.getReader();
  const track = new streams.MediaStreamTrackGenerator({ kind: 'video' });
  const writer = track.writable.getWriter();
  let isOver = false;

  const pass = async (): Promise<void> => {
    while (!isOver) {
      const { value: frame, done } = await reader.read();
      if (done) return;
      // A camera stands still after a handful of frames that nobody closed.
      const sent = toSend(frame, draw);
      if (sent !== frame) frame.close();
      if (sent) await writer.write(sent);
    }
  };
  pass().catch(() => undefined);

  return {
    track,
    stop() {
      isOver = true;
      void reader.cancel().catch(() => undefined);
      void writer.close().catch(() => undefined);
      track.stop();
    },
  };
}

function toSend(frame: VideoFrame, draw: Draw): VideoFrame | undefined {
  const drawn = draw({ image: frame, width: frame.displayWidth, height: frame.displayHeight });
  if (drawn === undefined || drawn === frame) return drawn as VideoFrame | undefined;
  return new VideoFrame(drawn, { timestamp: frame.timestamp, alpha: 'discard' });
}
