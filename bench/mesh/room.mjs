// What both kinds of mesh page share: the way to the others, the camera, the tiles, and what the browser counts. ?me=0&people=6.

/** @typedef {{ readonly width: number, readonly height: number }} Size */
/** @typedef {Awaited<ReturnType<typeof countersOf>> & { readonly link: string }} LinkCounters */
/** @typedef {{ join(): void, counters(): Promise<LinkCounters[]>, seesAll(): Promise<boolean> }} MeshPage what a page offers as `mesh`. */
/** @typedef {{ hear(message: any): unknown, connection(): RTCPeerConnection | undefined }} Link what a kind of mesh makes for each of the others. */

const query = new URLSearchParams(location.search);
const me = Number(query.get('me'));
const people = Number(query.get('people'));
const [width = 640, height = 360, frameRate = 20] = (query.get('camera') ?? '').split(/[x@]/).map(Number);
const windowSize = { width: 1280, height: 720 };
const margin = 5;

/** A grid of 16:9 tiles as large as the window takes; two people see each other in the whole window. */
export function tileSize() {
  if (people <= 2) return windowSize;
  let best = 0;
  for (let columns = 1; columns <= people; columns += 1) {
    const rows = Math.ceil(people / columns);
    const fromWidth = windowSize.width / columns - 2 * margin;
    const fromHeight = ((windowSize.height / rows - 2 * margin) * 16) / 9;
    best = Math.max(best, Math.min(fromWidth, fromHeight));
  }
  return { width: Math.floor(best), height: Math.floor((best * 9) / 16) };
}

/**
 * Shows a stream in a tile of its own.
 * @param {MediaStream} stream
 * @param {Size} size
 */
function show(stream, size) {
  const video = document.createElement('video');
  Object.assign(video, { autoplay: true, playsInline: true, muted: stream === camera, srcObject: stream });
  Object.assign(video.style, { width: `${size.width}px`, height: `${size.height}px`, objectFit: 'contain' });
  document.body.append(video);
}

const camera = await navigator.mediaDevices.getUserMedia({
  video: { width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: frameRate } },
  audio: true,
});
document.body.style.cssText = 'margin:0;display:flex;flex-wrap:wrap;gap:10px;background:#111';
show(camera, people <= 2 ? { width: 160, height: 90 } : tileSize());

const socket = new WebSocket(query.get('signaling') ?? '');
await new Promise((resolve, reject) => {
  socket.onopen = () => resolve(undefined);
  socket.onerror = reject;
});
socket.send(JSON.stringify({ iAm: me }));

/** Of a connection that was given up. */
const nothing = {
  framesDecoded: 0,
  frozenMs: 0,
  decodeMs: 0,
  encodeMs: 0,
  framesEncoded: 0,
  bytesSent: 0,
  sent: 'nothing',
  limitedBy: '',
};

/**
 * What the browser has counted of one connection so far.
 * @param {RTCPeerConnection | undefined} connection
 */
async function countersOf(connection) {
  if (!connection) return nothing;
  const reports = [...(await connection.getStats()).values()];
  const of = (/** @type {string} */ type) =>
    reports.find((report) => report.type === type && report.kind === 'video') ?? {};
  const [incoming, out] = [of('inbound-rtp'), of('outbound-rtp')];
  return {
    framesDecoded: incoming.framesDecoded ?? 0,
    frozenMs: 1000 * (incoming.totalFreezesDuration ?? 0),
    decodeMs: 1000 * (incoming.totalDecodeTime ?? 0),
    encodeMs: 1000 * (out.totalEncodeTime ?? 0),
    framesEncoded: out.framesEncoded ?? 0,
    bytesSent: out.bytesSent ?? 0,
    sent: `${out.frameWidth ?? 0}x${out.frameHeight ?? 0} ${(reports.find(({ id }) => id === out.codecId)?.mimeType ?? '').slice(6)}`,
    limitedBy: out.qualityLimitationReason ?? '',
  };
}

/**
 * Joins the others. `connect(other, initiator, say)` makes a connection and gives { hear(message), connection() }.
 * Whoever comes later offers, as newcomers do.
 * @param {(other: number, initiator: boolean, say: (message: unknown) => void) => Link} connect
 */
export function joinRoom(connect) {
  /** @type {Map<number, Link>} */
  const others = new Map();
  const meet = (/** @type {number} */ other, /** @type {boolean} */ initiator) => {
    const link = connect(other, initiator, (message) => socket.send(JSON.stringify({ to: other, from: me, message })));
    others.set(other, link);
    return link;
  };
  socket.onmessage = ({ data }) => {
    const { from, message } = JSON.parse(data);
    (others.get(from) ?? meet(from, false)).hear(message);
  };
  globalThis.mesh = {
    join() {
      for (let other = 0; other < me; other += 1) meet(other, true);
    },
    counters: () =>
      Promise.all(
        [...others].map(async ([other, { connection }]) => ({
          link: `${other} to ${me}`,
          ...(await countersOf(connection())),
        })),
      ),
    /** Whoever was there before. */
    seesAll: async () =>
      others.size >= me && (await globalThis.mesh.counters()).every(({ framesDecoded }) => framesDecoded > 0),
  };
}

export const room = { me, people, camera, show: (/** @type {MediaStream} */ stream) => show(stream, tileSize()) };
