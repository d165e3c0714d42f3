// Copies the tracks of a recording into seekable files, packet by packet, without decoding: what a page that was killed has left behind is
// made whole that way, and what a person saves begins where the recording does. The one import of mediabunny that writes.
import {
  BlobSource,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type InputAudioTrack,
  type InputTrack,
  type InputVideoTrack,
  MATROSKA,
  MkvOutputFormat,
  MP4,
  Mp4OutputFormat,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import { opusPacketMs } from '../../core/media/opus-packet.ts';

type CopyFormat = 'webm' | 'mp4' | 'mkv';

/** One file, and when it begins, in ms since the beginning of what is written. */
interface CopySource {
  readonly blob: Blob;
  readonly fromMs: number;
}

interface CopyOptions {
  readonly format: CopyFormat;
  /** Without them nothing is said of where it is from. */
  readonly title?: string;
  readonly date?: Date;
  readonly writable: WritableStream<StreamTargetChunk>;
}

const formats = {
  webm: () => new WebMOutputFormat(),
  // The index at the end: nothing is written twice.
  mp4: () => new Mp4OutputFormat({ fastStart: false }),
  mkv: () => new MkvOutputFormat(),
} as const;

/** 20 ms of silence in Opus (RFC 6716 section 3.1): a frame of CELT, mono or stereo, in which nothing is coded. */
const silence = new Uint8Array([0xf8, 0xff, 0xfe]);
const silenceSeconds = 0.02;

/** The packets of a track, in the order of the file, at their time in what is written. One that was torn ends them. */
async function* packetsOf(track: InputTrack, fromSeconds: number): AsyncGenerator<EncodedPacket> {
  const sink = new EncodedPacketSink(track);
  const begins = await track.getFirstTimestamp();
  try {
    for await (const packet of sink.packets())
      yield packet.clone({ timestamp: packet.timestamp - begins + fromSeconds });
  } catch {
    // The file was cut off within it.
  }
}

/** A picture from the first moment on: the first one that stands for itself, and nothing that needs one from before it. */
async function copyPictures(
  track: InputVideoTrack,
  source: EncodedVideoPacketSource,
  fromSeconds: number,
): Promise<void> {
  const meta = { decoderConfig: (await track.getDecoderConfig()) ?? undefined } as EncodedVideoChunkMetadata;
  let isOpen = false;
  for await (const packet of packetsOf(track, fromSeconds)) {
    if (!isOpen && packet.type !== 'key') continue;
    if (!isOpen && packet.timestamp > 0)
      await source.add(packet.clone({ timestamp: 0, duration: packet.timestamp }), meta);
    isOpen = true;
    await source.add(packet, meta);
  }
  source.close();
}

/** Sound without a gap: whatever is missing, at the beginning and in between, is silence of the same length. */
async function copySound(track: InputAudioTrack, source: EncodedAudioPacketSource, fromSeconds: number): Promise<void> {
  const meta = { decoderConfig: (await track.getDecoderConfig()) ?? undefined } as EncodedAudioChunkMetadata;
  const isOpus = (await track.getCodec()) === 'opus';
  let end = 0;
  for await (const packet of packetsOf(track, fromSeconds)) {
    for (; isOpus && packet.timestamp - end >= silenceSeconds; end += silenceSeconds)
      await source.add(new EncodedPacket(silence, 'key', end, silenceSeconds), meta);
    await source.add(packet, meta);
    const heardSeconds = isOpus ? opusPacketMs(packet.data.slice()) / 1_000 : packet.duration;
    end = Math.max(end, packet.timestamp + heardSeconds);
  }
  source.close();
}

/** Writes one file anew, whole and seekable, from the common beginning on. @returns false where there is nothing in it to be written. */
export async function copyTrack({ blob, fromMs }: CopySource, options: CopyOptions): Promise<boolean> {
  const input = new Input({ source: new BlobSource(blob), formats: [WEBM, MATROSKA, MP4] });
  try {
    return await copyFrom(input, fromMs, options);
  } finally {
    input.dispose();
  }
}

/** How long it is. */
export async function lengthSeconds(blob: Blob): Promise<number> {
  const input = new Input({ source: new BlobSource(blob), formats: [WEBM] });
  try {
    return await input.computeDuration();
  } finally {
    input.dispose();
  }
}

async function copyFrom(input: Input, fromMs: number, options: CopyOptions): Promise<boolean> {
  if (!(await input.canRead())) return false;
  const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
  const [videoCodec, audioCodec] = [await video?.getCodec(), await audio?.getCodec()];
  const output = new Output({ format: formats[options.format](), target: new StreamTarget(options.writable) });
  const { title, date } = options;
  if (title !== undefined) output.setMetadataTags({ title, ...(date && { date }) });
  const copies: (() => Promise<void>)[] = [];
  const first = await input.getFirstTimestamp();
  const begin = async (track: InputTrack) => fromMs / 1_000 + (await track.getFirstTimestamp()) - first;
  if (video && videoCodec) {
    const source = new EncodedVideoPacketSource(videoCodec);
    output.addVideoTrack(source);
    copies.push(async () => copyPictures(video, source, await begin(video)));
  }
  if (audio && audioCodec) {
    const source = new EncodedAudioPacketSource(audioCodec);
    output.addAudioTrack(source);
    copies.push(async () => copySound(audio, source, await begin(audio)));
  }
  if (copies.length === 0) return false;
  await output.start();
  // Side by side: the writer waits for whichever is behind.
  await Promise.all(copies.map((copy) => copy()));
  await output.finalize();
  return true;
}
