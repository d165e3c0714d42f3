// Which codecs and RTP header extensions the sections of a connection may use: few, for all alike. Knows no connection.
import type { TrackKind } from './track-kind.ts';

/**
 * Audio and video codecs in order of preference (docs/decisions/0014): RED is Opus with each packet sent twice. Few, so that an offer
 * with both sections fits the 4 kB bucket (docs/decisions/0002).
 */
const preferredCodecs: Readonly<Record<TrackKind, readonly string[]>> = {
  audio: ['audio/red', 'audio/opus'],
  video: ['video/VP8', 'video/H264', 'video/VP9'],
};

/** The wanted codecs of a kind with one profile each, and the retransmission format that goes with them. */
function codecsOf(kind: TrackKind): RTCRtpCodec[] {
  const all = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? [];
  const wanted = preferredCodecs[kind].flatMap((mimeType) => {
    const same = all.filter((codec) => codec.mimeType.toLowerCase() === mimeType.toLowerCase());
    // H.264: constrained baseline with packetization mode 1 is what every browser that has it decodes.
    const best = same.find(
      ({ sdpFmtpLine = '' }) => sdpFmtpLine.includes('42e01f') && sdpFmtpLine.includes('packetization-mode=1'),
    );
    return (best ?? same[0]) ? [best ?? same[0]] : [];
  });
  const rtx = all.find((codec) => codec.mimeType.toLowerCase() === 'video/rtx');
  return [...wanted, ...(kind === 'video' && rtx ? [rtx] : [])].filter((codec) => codec !== undefined);
}

/** RTP header extensions worth their bytes: which section a packet belongs to, congestion control, the picture's rotation. */
const wantedExtensions: ReadonlySet<string> = new Set([
  'urn:ietf:params:rtp-hdrext:sdes:mid',
  'http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01',
  'urn:3gpp:video-orientation',
]);

/** WebRTC extensions section 5.2; not in every browser, and not in the shared types. */
interface ExtensionControl {
  getHeaderExtensionsToNegotiate?(): readonly { uri: string; direction: RTCRtpTransceiverDirection }[];
  setHeaderExtensionsToNegotiate?(extensions: readonly { uri: string; direction: RTCRtpTransceiverDirection }[]): void;
}

/** Leaves out what a call of two does not need: descriptions stay inside the 4 kB bucket. */
function restrictExtensions(transceiver: RTCRtpTransceiver & ExtensionControl): void {
  const offered = transceiver.getHeaderExtensionsToNegotiate?.();
  if (offered)
    transceiver.setHeaderExtensionsToNegotiate?.(
      offered.map(({ uri, direction }) => ({ uri, direction: wantedExtensions.has(uri) ? direction : 'stopped' })),
    );
}

/** Leaves only the codecs and extensions that calls use to a section. */
export function restrictFormats(kind: TrackKind, transceiver: RTCRtpTransceiver): void {
  const codecs = codecsOf(kind);
  if (codecs.length > 0) transceiver.setCodecPreferences(codecs);
  restrictExtensions(transceiver);
}
