// The one writer of what an RTCRtpSender lets out: bitrate, size, frame rate, priority, codec. Writes one after another, and only
// what differs. Decides nothing.

/** What is asked of a sender. A field that is left out stays as the browser has it. */
export interface WantedEncoding {
  readonly active: boolean;
  readonly maxBitrate: number;
  readonly scaleResolutionDownBy?: number;
  readonly maxFramerate?: number;
  readonly priority: RTCPriorityType;
  /** The name of a codec that both sides have, 'VP9' for example; the first one agreed on unless given. */
  readonly codec?: string | undefined;
  readonly degradationPreference?: DegradationPreference;
}

/** WebRTC extensions; not in every browser, and not in the shared types. */
type DegradationPreference = 'maintain-framerate' | 'maintain-resolution' | 'balanced';
interface Encoding extends RTCRtpEncodingParameters {
  networkPriority?: RTCPriorityType;
  codec?: RTCRtpCodec;
}
interface Parameters extends RTCRtpSendParameters {
  degradationPreference?: DegradationPreference;
  encodings: Encoding[];
}

export type SenderPort = Pick<RTCRtpSender, 'getParameters' | 'setParameters'>;

/** WebRTC extensions section 5.3. */
const keyFrame: RTCSetParameterOptions & { readonly encodingOptions: readonly { readonly keyFrame: boolean }[] } = {
  encodingOptions: [{ keyFrame: true }],
};

const underWay = new WeakMap<SenderPort, Promise<void>>();
/** Senders that cannot be told a codec: all of Firefox's. */
const withoutCodecChoice = new WeakSet<SenderPort>();

/** Brings the sender to what is wanted. A browser that refuses now, in the middle of a renegotiation, is asked again by the next call. */
export function writeSender(sender: SenderPort, wanted: WantedEncoding): Promise<void> {
  const written = (underWay.get(sender) ?? Promise.resolve()).then(async () => {
    await write(sender, (parameters, encoding) => bring(parameters, encoding, wanted)).catch(() => undefined);
    if (!withoutCodecChoice.has(sender)) await writeCodec(sender, wanted.codec);
  });
  underWay.set(sender, written);
  return written;
}

/** The sender's next picture stands by itself. Left to the browser where it cannot be asked. */
export function askKeyFrame(sender: SenderPort): Promise<void> {
  const asked = (underWay.get(sender) ?? Promise.resolve())
    .then(() => sender.setParameters(sender.getParameters(), keyFrame))
    .catch(() => undefined);
  underWay.set(sender, asked);
  return asked;
}

async function write(
  sender: SenderPort,
  change: (parameters: Parameters, encoding: Encoding) => boolean,
): Promise<void> {
  const parameters: Parameters = sender.getParameters();
  const encoding = parameters.encodings[0];
  if (encoding && change(parameters, encoding)) await sender.setParameters(parameters);
}

/** @returns whether anything had to be changed. */
function bring(parameters: Parameters, encoding: Encoding, wanted: WantedEncoding): boolean {
  const { codec: _codec, degradationPreference, ...plain } = wanted;
  let isChanged = false;
  for (const [field, value] of Object.entries(plain)) {
    if (encoding[field as keyof typeof plain] === value) continue;
    Object.assign(encoding, { [field]: value });
    isChanged = true;
  }
  // Only where the browser knows it: Firefox does not.
  if ('networkPriority' in encoding && encoding.networkPriority !== wanted.priority) {
    encoding.networkPriority = wanted.priority;
    isChanged = true;
  }
  if (degradationPreference !== undefined && parameters.degradationPreference !== degradationPreference) {
    parameters.degradationPreference = degradationPreference;
    isChanged = true;
  }
  return isChanged;
}

async function writeCodec(sender: SenderPort, name: string | undefined): Promise<void> {
  try {
    await write(sender, (parameters, encoding) => {
      const codec =
        name === undefined ? undefined : parameters.codecs.find(({ mimeType }) => mimeType.endsWith(`/${name}`));
      if (encoding.codec?.mimeType === codec?.mimeType) return false;
      if (codec) encoding.codec = codec;
      else delete encoding.codec;
      return true;
    });
    const { codecs, encodings } = sender.getParameters() as Parameters;
    const isAsked = codecs.some(({ mimeType }) => mimeType.endsWith(`/${name}`));
    if (isAsked && encodings[0]?.codec === undefined) withoutCodecChoice.add(sender);
  } catch (error) {
    if (error instanceof DOMException && error.name !== 'InvalidStateError') withoutCodecChoice.add(sender);
  }
}
