// PeerJS over its own server (npm "peer"), as its documentation shows it.
import { firstFrame, laterTime, now, openCamera } from './measure.mjs';

const parameters = new URLSearchParams(location.search);
const camera = await openCamera();
const peer = new Peer(parameters.get('id') ?? '', {
  host: '127.0.0.1',
  port: Number(parameters.get('port')),
  path: '/',
  config: { iceServers: [] },
});
await new Promise((resolve, reject) => {
  peer.on('open', () => resolve(undefined));
  peer.on('error', reject);
});
const frame = laterTime();
const times = { rang: 0, accepted: 0 };

/**
 * PeerJS tells of a stream once per track: the first time counts.
 * @param {import('peerjs').MediaConnection} mediaConnection
 */
function watch(mediaConnection) {
  let seen = false;
  mediaConnection.on('stream', async (stream) => {
    if (seen) return;
    seen = true;
    frame.resolve(await firstFrame(stream));
  });
}

peer.on('call', (mediaConnection) => {
  times.rang = now();
  times.accepted = now();
  watch(mediaConnection);
  mediaConnection.answer(camera);
});

globalThis.bench = {
  /** The caller's click; resolves with the caller's times. */
  async call() {
    const started = now();
    watch(peer.call(parameters.get('callee') ?? '', camera));
    return { started, callerFrame: await frame.promise };
  },
  /** The callee's times, once it sees the caller. */
  callee: async () => {
    const calleeFrame = await frame.promise;
    return { ...times, calleeFrame };
  },
};
