// What every baseline page measures with: the camera, the first remote frame, and times that two pages can compare.

/** @typedef {{ readonly started: number, readonly callerFrame: number }} CallerTimes in ms since the epoch, as all of these. */
/** @typedef {{ readonly rang: number, readonly accepted: number, readonly calleeFrame: number }} CalleeTimes */
/** @typedef {{ call(): Promise<CallerTimes>, callee(): Promise<CalleeTimes> }} BaselinePage what a page offers as `bench`. */

/** Milliseconds since the epoch, in fractions; the same clock in every page of one browser. */
export const now = () => performance.timeOrigin + performance.now();

/** The camera that every participant asks for, as the product does: 1280x720 with sound. */
export const openCamera = () =>
  navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 30 }, audio: true });

/**
 * Shows `stream` and resolves with the time its first frame was on the screen.
 * @param {MediaStream | undefined} stream
 * @returns {Promise<number>}
 */
export function firstFrame(stream) {
  const video = document.createElement('video');
  video.autoplay = true;
  video.playsInline = true;
  video.muted = true;
  document.body.append(video);
  return new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve(now()));
    video.srcObject = stream ?? null;
  });
}

/**
 * A time with its setter outside.
 * @returns {{ readonly promise: Promise<number>, resolve(at: number): void }}
 */
export function laterTime() {
  /** @type {(at: number) => void} */
  let resolve = () => undefined;
  /** @type {Promise<number>} */
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
