// Gathers candidates through exactly the servers it is given and tells what came of it. Speaks to nobody else, keeps nothing,
// and judges nothing: what the findings mean is for those who ask.

/** One address of ours that gathering found (RFC 8839 section 5.1). */
export interface FoundCandidate {
  readonly type: 'host' | 'srflx' | 'prflx' | 'relay';
  /** Between the address and the other side. */
  readonly protocol: 'udp' | 'tcp';
  /** Between us and the TURN server; for relay candidates only. */
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls';
  readonly address: string;
  readonly port: number;
  /** The server that it came from, where the browser tells. */
  readonly url?: string;
  /** Milliseconds since the probe began. */
  readonly atMs: number;
  readonly relatedAddress?: string;
  readonly relatedPort?: number;
}

export interface IceProbeResult {
  readonly candidates: readonly FoundCandidate[];
  /** `code`: what a server answered (RFC 8489), or 701 when it could not be asked (W3C WebRTC, 4.8.2). Each kind once for each server. */
  readonly errors: readonly {
    readonly url: string;
    readonly code: number;
    readonly text: string;
    readonly atMs: number;
  }[];
  /** The browser was done; false when time ran out or the probe was aborted first. */
  readonly complete: boolean;
}

export interface IceProbeOptions {
  /** Empty: host candidates only, no server is asked. */
  readonly servers: readonly RTCIceServer[];
  readonly policy?: RTCIceTransportPolicy;
  readonly withinMs: number;
  readonly signal?: AbortSignal;
}

type CandidateParts = Pick<
  RTCIceCandidate,
  'type' | 'protocol' | 'address' | 'port' | 'relatedAddress' | 'relatedPort'
>;

/** What Chromium tells of a candidate beyond the shared types; W3C WebRTC, 4.8.1.1 RTCIceCandidate. */
interface ServerOrigin {
  readonly relayProtocol?: 'udp' | 'tcp' | 'tls' | null;
  readonly url?: string | null;
}

/** Chromium writes IPv6 addresses in brackets, as in a URL; Firefox does not. */
const withoutBrackets = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');

/** The transport between us and a TURN server, read from its address (RFC 7065). */
function relayProtocolOf(url: string): 'udp' | 'tcp' | 'tls' {
  if (/^turns:/i.test(url)) return 'tls';
  return /[?&]transport=tcp$/i.test(url) ? 'tcp' : 'udp';
}

/**
 * Undefined for a candidate that names no address.
 * @param onlyUrl the one server that was asked, for browsers that do not tell which one a candidate came from.
 */
export function readCandidate(
  candidate: CandidateParts & ServerOrigin,
  onlyUrl: string | undefined,
  atMs: number,
): FoundCandidate | undefined {
  const { type, protocol, address, port, relatedAddress, relatedPort } = candidate;
  if (!type || !protocol || !address || port === null) return undefined;
  const url = candidate.url || (type === 'host' ? undefined : onlyUrl);
  const relayProtocol = candidate.relayProtocol ?? (url === undefined ? undefined : relayProtocolOf(url));
  return {
    type,
    protocol,
    ...(type === 'relay' && relayProtocol !== undefined ? { relayProtocol } : {}),
    address: withoutBrackets(address),
    port,
    ...(url === undefined ? {} : { url }),
    atMs,
    ...(relatedAddress === null ? {} : { relatedAddress: withoutBrackets(relatedAddress) }),
    ...(relatedPort === null ? {} : { relatedPort }),
  };
}

/**
 * Gathers through these servers, and through these only, for at most `withinMs`. Resolves with what was found when the browser is
 * done, time is up or `signal` aborts, whichever comes first. Rejects only over servers that the browser does not take at all.
 */
export async function probeIce(options: IceProbeOptions): Promise<IceProbeResult> {
  const { servers, policy = 'all', withinMs, signal } = options;
  const candidates: FoundCandidate[] = [];
  const errors: IceProbeResult['errors'][number][] = [];
  const urls = servers.flatMap((server) => server.urls);
  const onlyUrl = urls.length === 1 ? urls[0] : undefined;
  const connection = new RTCPeerConnection({ iceServers: [...servers], iceTransportPolicy: policy });
  const began = performance.now();
  const sinceBegin = () => Math.round(performance.now() - began);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stop: (() => void) | undefined;
  try {
    const over = new Promise<boolean>((resolve) => {
      stop = () => resolve(false);
      timer = setTimeout(stop, withinMs);
      if (signal?.aborted) stop();
      signal?.addEventListener('abort', stop);
      connection.addEventListener('icegatheringstatechange', () => {
        if (connection.iceGatheringState === 'complete') resolve(true);
      });
      connection.addEventListener('icecandidate', ({ candidate }) => {
        const found = candidate ? readCandidate(candidate, onlyUrl, sinceBegin()) : undefined;
        if (found) candidates.push(found);
      });
      connection.addEventListener('icecandidateerror', ({ url, errorCode, errorText }) => {
        // Once for every interface of this machine: the first says it all.
        if (!errors.some((known) => known.url === url && known.code === errorCode && known.text === errorText))
          errors.push({ url, code: errorCode, text: errorText, atMs: sinceBegin() });
      });
    });
    connection.createDataChannel('probe');
    await connection.setLocalDescription();
    return { complete: await over, candidates, errors };
  } finally {
    clearTimeout(timer);
    if (stop) signal?.removeEventListener('abort', stop);
    connection.close();
  }
}
