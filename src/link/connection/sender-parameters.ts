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

/**
 * Reading parameters stops the page until WebRTC's own threads have time for it, which on a busy computer takes long. So a sender that
 * was found as wanted is not looked at again for a while, however often the same is asked of it.
 */
const notReadAgainMs = 5_000;
const found = new WeakMap<SenderPort, { readonly wanted: string; readonly atMs: number }>();

/** Brings the sender to what is wanted. A browser that refuses now, in the middle of a renegotiation, is asked again by the next call. */
export function writeSender(
  sender: SenderPort,
  wanted: WantedEncoding,
  now: () => number = () => performance.now(),
): Promise<void> {
  const key = JSON.stringify(wanted);
  const written = (underWay.get(sender) ?? Promise.resolve()).then(async () => {
    const last = found.get(sender);
    if (last?.wanted === key && now() - last.atMs < notReadAgainMs) return;
    const isAsWanted = await write(sender, wanted).catch(() => false);
    if (isAsWanted) found.set(sender, { wanted: key, atMs: now() });
    else found.delete(sender);
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

/** @returns whether there was nothing to do. */
async function write(sender: SenderPort, wanted: WantedEncoding): Promise<boolean> {
  let parameters: Parameters = sender.getParameters();
  const [encoding] = parameters.encodings;
  if (!encoding) return false;
  const isChanged = bring(parameters, encoding, wanted);
  if (isChanged) {
    await sender.setParameters(parameters).catch(() => undefined);
    parameters = sender.getParameters();
  }
  const isCodecRight = withoutCodecChoice.has(sender) || (await writeCodec(sender, parameters, wanted.codec));
  return isCodecRight && !isChanged;
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

/** @returns whether it was the one. */
async function writeCodec(sender: SenderPort, parameters: Parameters, name: string | undefined): Promise<boolean> {
  const [encoding] = parameters.encodings;
  const codec =
    name === undefined ? undefined : parameters.codecs.find(({ mimeType }) => mimeType.endsWith(`/${name}`));
  if (!encoding || encoding.codec?.mimeType === codec?.mimeType) return true;
  if (codec) encoding.codec = codec;
  else delete encoding.codec;
  try {
    await sender.setParameters(parameters);
    const [now]: readonly Encoding[] = sender.getParameters().encodings;
    if (codec && now?.codec === undefined) withoutCodecChoice.add(sender);
  } catch (error) {
    if (error instanceof DOMException && error.name !== 'InvalidStateError') withoutCodecChoice.add(sender);
  }
  return false;
}
