// What a track of a recording shows and says, from its beginning to its end: decoded as it is needed, and never backwards.
import {
  type AudioSample,
  AudioSampleSink,
  BlobSource,
  Input,
  type InputVideoTrack,
  MATROSKA,
  MP4,
  type VideoSample,
  VideoSampleSink,
  WEBM,
} from 'mediabunny';

/** A place that cannot be decoded is stepped over, so often and by so much. */
const mostSteps = 20;
const stepSeconds = 0.5;

/** The pictures of a file. */
export class PictureReader {
  readonly #sink: VideoSampleSink;
  #samples: AsyncGenerator<VideoSample, void, unknown>;
  #now: VideoSample | undefined;
  #next: VideoSample | undefined;
  #isOver = false;
  #steps = 0;

  constructor(track: InputVideoTrack) {
    this.#sink = new VideoSampleSink(track);
    this.#samples = this.#sink.samples();
  }

  /** The picture that was there so many seconds after the beginning of the file; it is good until the next call. */
  async at(seconds: number): Promise<VideoSample | undefined> {
    while (!this.#isOver) {
      this.#next ??= await this.#read(seconds);
      if (!this.#next || this.#next.timestamp > seconds) break;
      this.#now?.close();
      this.#now = this.#next;
      this.#next = undefined;
    }
    return this.#now;
  }

  async close(): Promise<void> {
    this.#now?.close();
    this.#next?.close();
    this.#now = undefined;
    this.#next = undefined;
    this.#isOver = true;
    await this.#samples.return().catch(() => undefined);
  }

  async #read(seconds: number): Promise<VideoSample | undefined> {
    try {
      const { value } = await this.#samples.next();
      if (value) return value;
      this.#isOver = true;
    } catch {
      this.#steps += 1;
      this.#isOver = this.#steps > mostSteps;
      this.#samples = this.#sink.samples(seconds + stepSeconds);
    }
    return undefined;
  }
}

/** The sound of a file. */
class SoundReader {
  readonly #samples: AsyncGenerator<AudioSample, void, unknown>;
  #next: AudioSample | undefined;

  constructor(sink: AudioSampleSink) {
    this.#samples = sink.samples();
  }

  /** Everything that begins before so many seconds, and was not given yet. To be closed by whoever takes it. */
  async *until(seconds: number): AsyncGenerator<AudioSample> {
    for (;;) {
      this.#next ??= (await this.#samples.next().catch(() => undefined))?.value ?? undefined;
      if (!this.#next || this.#next.timestamp >= seconds) return;
      const sample = this.#next;
      this.#next = undefined;
      yield sample;
    }
  }

  async close(): Promise<void> {
    this.#next?.close();
    this.#next = undefined;
    await this.#samples.return().catch(() => undefined);
  }
}

/** An open file; a part of it that the browser cannot decode is not there. */
export class TrackReader {
  readonly pictures: PictureReader | undefined;
  readonly sound: SoundReader | undefined;
  readonly #input: Input;

  private constructor(input: Input, pictures: PictureReader | undefined, sound: SoundReader | undefined) {
    this.#input = input;
    this.pictures = pictures;
    this.sound = sound;
  }

  /** @returns undefined where there is nothing in it that can be read. */
  static async open(blob: Blob): Promise<TrackReader | undefined> {
    const input = new Input({ source: new BlobSource(blob), formats: [WEBM, MATROSKA, MP4] });
    try {
      const [video, audio] = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()];
      const pictures = video && (await video.canDecode()) ? new PictureReader(video) : undefined;
      const sound = audio && (await audio.canDecode()) ? new SoundReader(new AudioSampleSink(audio)) : undefined;
      if (pictures || sound) return new TrackReader(input, pictures, sound);
    } catch {
      // It is no file of sound and pictures.
    }
    input.dispose();
    return undefined;
  }

  async close(): Promise<void> {
    await this.pictures?.close();
    await this.sound?.close();
    this.#input.dispose();
  }
}
