// How frames of a camera come and go: by streams of frames where there are such, by a canvas elsewhere. What is drawn is decided by whoever opens one.

/** One frame of the camera, good for as long as the call in which it was given. */
export interface CameraFrame {
  readonly image: CanvasImageSource & TexImageSource;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

export type Drawn = CanvasImageSource & TexImageSource;

/** Draws a frame and gives what is to be sent: the image itself, or a canvas; undefined for nothing this time. */
export type Draw = (frame: CameraFrame) => Drawn | undefined;

export interface FrameWay {
  /** The same until it is stopped. */
  readonly track: MediaStreamTrack;
  stop(): void;
}

interface FrameStreams {
  readonly MediaStreamTrackProcessor?: new (options: {
    readonly track: MediaStreamTrack;
  }) => { readonly readable: ReadableStream<VideoFrame> };
  readonly MediaStreamTrackGenerator?: new (options: {
    readonly kind: 'video';
  }) => MediaStreamTrack & { readonly writable: WritableStream<VideoFrame> };
}

/** Chromium's streams of frames, which go on in a hidden page; undefined where there are none. */
export function frameStreams(): Required<FrameStreams> | undefined {
  const { MediaStreamTrackProcessor, MediaStreamTrackGenerator } = globalThis as FrameStreams;
  return MediaStreamTrackProcessor && MediaStreamTrackGenerator
    ? { MediaStreamTrackProcessor, MediaStreamTrackGenerator }
    : undefined;
}
