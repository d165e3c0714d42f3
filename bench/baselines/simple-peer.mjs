// simple-peer over a plain WebSocket server that hands every message to everybody else.
// ?order=offer: the click sends the offer (the library's usual way). ?order=invite: the offer waits for the accept, as ours does.
import { firstFrame, laterTime, now, openCamera } from './measure.mjs';

const parameters = new URLSearchParams(location.search);
const offerWaits = parameters.get('order') === 'invite';
const camera = await openCamera();
const socket = new WebSocket(parameters.get('signaling') ?? '');
await new Promise((resolve, reject) => {
  socket.onopen = () => resolve(undefined);
  socket.onerror = reject;
});
const send = (/** @type {object} */ message) => socket.send(JSON.stringify(message));
const frame = laterTime();
const times = { rang: 0, accepted: 0 };
/** @type {import('simple-peer').Instance | undefined} */
let peer;

/**
 * The library's object, wired to the socket and to the measurement.
 * @param {boolean} initiator
 */
function connect(initiator) {
  peer = new SimplePeer({ initiator, stream: camera, config: { iceServers: [] } });
  peer.on('signal', (signal) => send({ signal }));
  peer.on('stream', async (stream) => frame.resolve(await firstFrame(stream)));
}

/** The callee says yes at once. */
function ring() {
  times.rang = now();
  times.accepted = now();
  if (offerWaits) send({ accept: true });
  connect(false);
}

socket.onmessage = ({ data }) => {
  const message = JSON.parse(data);
  if (message.invite) ring();
  else if (message.accept) connect(true);
  else {
    if (!peer) ring();
    peer?.signal(message.signal);
  }
};

globalThis.bench = {
  /** The caller's click; resolves with the caller's times. */
  async call() {
    const started = now();
    if (offerWaits) send({ invite: true });
    else connect(true);
    return { started, callerFrame: await frame.promise };
  },
  /** The callee's times, once it sees the caller. */
  callee: async () => {
    const calleeFrame = await frame.promise;
    return { ...times, calleeFrame };
  },
};
