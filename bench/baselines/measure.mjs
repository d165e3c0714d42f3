// What every baseline page measures with: the camera, the first remote frame, and times that two pages can compare.

/** Milliseconds since the epoch, in fractions; the same clock in every page of one browser. */
export const now = () => performance.timeOrigin + performance.now();

/** The camera that every participant asks for, as the product does: 1280x720 with sound. */
export const openCamera = () =>
  navigator.mediaDevices.getUserMedia({ video: { width: 1280, height: 720, frameRate: 30 }, audio: true });

/** Shows `stream` and resolves with the time its first frame was on the screen. */
export function firstFrame(stream) {
  const video = document.createElement('video');
  video.autoplay = true;
  video.playsInline = true;
  video.muted = true;
  document.body.append(video);
  return new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve(now()));
    video.srcObject = stream;
  });
}

/** A promise with its resolver outside. */
export function deferred() {
  let resolve;
  const promise = new Promise((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
