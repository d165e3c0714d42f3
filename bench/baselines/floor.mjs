// The floor: two RTCPeerConnections in one page, signaled by function calls. Nothing that two people use can be faster.
import { firstFrame, laterTime, now, openCamera } from './measure.mjs';

const camera = await openCamera();
const calleeTimes = { rang: 0, accepted: 0 };
const calleeFrame = laterTime();

/**
 * Hands the description of one side to the other.
 * @param {RTCPeerConnection} from
 * @param {RTCPeerConnection} to
 */
async function hand(from, to) {
  if (from.localDescription) await to.setRemoteDescription(from.localDescription);
}

/** One call from the click to the first frame on both sides. */
async function call() {
  const started = now();
  const caller = new RTCPeerConnection({ iceServers: [] });
  for (const track of camera.getTracks()) caller.addTrack(track, camera);
  /** @type {Promise<number>} */
  const onCaller = new Promise((resolve) => {
    caller.ontrack = ({ track, streams }) => track.kind === 'video' && resolve(firstFrame(streams[0]));
  });
  await caller.setLocalDescription();

  Object.assign(calleeTimes, { rang: now(), accepted: now() });
  const callee = new RTCPeerConnection({ iceServers: [] });
  callee.ontrack = async ({ track, streams }) => {
    if (track.kind === 'video') calleeFrame.resolve(await firstFrame(streams[0]));
  };
  caller.onicecandidate = ({ candidate }) => callee.addIceCandidate(candidate);
  callee.onicecandidate = ({ candidate }) => caller.addIceCandidate(candidate);
  await hand(caller, callee);
  for (const track of camera.getTracks()) callee.addTrack(track, camera);
  await callee.setLocalDescription();
  await hand(callee, caller);
  return { started, callerFrame: await onCaller };
}

globalThis.bench = {
  call,
  callee: async () => {
    const shown = await calleeFrame.promise;
    return { ...calleeTimes, calleeFrame: shown };
  },
};
