// The floor: two RTCPeerConnections in one page, signaled by function calls. Nothing that two people use can be faster.
import { firstFrame, now, openCamera } from './measure.mjs';

/** One call from the click to the first frame on both sides. */
async function call(camera) {
  const started = now();
  const caller = new RTCPeerConnection({ iceServers: [] });
  for (const track of camera.getTracks()) caller.addTrack(track, camera);
  const onCaller = new Promise((resolve) => {
    caller.ontrack = ({ track, streams }) => track.kind === 'video' && resolve(firstFrame(streams[0]));
  });
  await caller.setLocalDescription();

  const rang = now();
  const accepted = now();
  const callee = new RTCPeerConnection({ iceServers: [] });
  const onCallee = new Promise((resolve) => {
    callee.ontrack = ({ track, streams }) => track.kind === 'video' && resolve(firstFrame(streams[0]));
  });
  caller.onicecandidate = ({ candidate }) => callee.addIceCandidate(candidate);
  callee.onicecandidate = ({ candidate }) => caller.addIceCandidate(candidate);
  await callee.setRemoteDescription(caller.localDescription);
  for (const track of camera.getTracks()) callee.addTrack(track, camera);
  await callee.setLocalDescription();
  await caller.setRemoteDescription(callee.localDescription);
  return { started, rang, accepted, callerFrame: await onCaller, calleeFrame: await onCallee };
}

const camera = await openCamera();
globalThis.bench = { call: () => call(camera) };
