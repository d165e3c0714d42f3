// Whether this browser has what a call needs. Asks nothing of an extension.

/** Whether connections can be made at all: browsers and their extensions can switch WebRTC off. */
export function canCall(): boolean {
  return typeof RTCPeerConnection === 'function';
}

/** Whether this browser shows pages that there are cameras and microphones. */
export function hasDevices(): boolean {
  return navigator.mediaDevices !== undefined;
}
