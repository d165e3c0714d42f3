// The sound of a film: what several people said, laid over each other at its time. Blocks of one voice are joined without a seam as long as their
// times say nothing else; a gap stays a gap. Pure.

/** Samples per second and channel of everything that is mixed. */
export const mixRate = 48_000;
/** A block that begins this close to where the last one ended follows it: times in files are rounded, and clocks drift. */
const seam = 0.04 * mixRate;
/** Below this nothing is changed; above it loudness grows slower and slower, and never reaches what would be cut off. */
const knee = 0.8;

/** Decoded sound: one array for each channel, from -1 to 1. */
export interface SoundBlock {
  readonly channels: readonly Float32Array[];
  readonly rate: number;
  /** In the film. */
  readonly atMs: number;
}

/** Where a voice goes on. One for each file. */
export interface Voice {
  next: number;
}

export const newVoice = (): Voice => ({ next: 0 });

/** So loud that it does not crackle, however many speak at once. */
export function limited(sample: number): number {
  const loud = Math.abs(sample);
  return loud <= knee ? sample : Math.sign(sample) * (knee + (1 - knee) * Math.tanh((loud - knee) / (1 - knee)));
}

/** The same sound at the rate of the mix, by the straight line between samples. */
function resampled(channel: Float32Array, rate: number): Float32Array {
  if (rate === mixRate) return channel;
  return Float32Array.from({ length: Math.floor((channel.length * mixRate) / rate) }, (_, index) => {
    const place = (index * rate) / mixRate;
    const [before, part] = [Math.floor(place), place % 1];
    return (channel[before] ?? 0) * (1 - part) + (channel[before + 1] ?? 0) * part;
  });
}

function lay(sound: Float32Array, over: Float32Array, from: number): void {
  for (let at = 0; at < sound.length; at++) over[from + at] = (over[from + at] ?? 0) + (sound[at] ?? 0);
}

export class SoundMix {
  /** Of the first sample that was not taken yet. */
  #from = 0;
  #left = new Float32Array(mixRate);
  #right = new Float32Array(mixRate);

  /** Lays a block over what is there. What of it belongs before the part that was taken, or over the same voice, is left out. */
  add(voice: Voice, { channels, rate, atMs }: SoundBlock): void {
    const [first, second = first] = channels;
    if (!first || !second) return;
    const [left, right] = [resampled(first, rate), resampled(second, rate)];
    const said = Math.round((atMs * mixRate) / 1_000);
    const start = Math.abs(said - voice.next) <= seam ? voice.next : said;
    const from = Math.max(start, voice.next, this.#from);
    const end = start + left.length;
    if (end <= from) return;
    this.#reach(end - this.#from);
    lay(left.subarray(from - start), this.#left, from - this.#from);
    lay(right.subarray(from - start), this.#right, from - this.#from);
    voice.next = end;
  }

  /** The next so many samples: all of the left channel, then all of the right one. */
  take(count: number): Float32Array<ArrayBuffer> {
    this.#reach(count);
    const taken = new Float32Array(count * 2);
    taken.set(this.#left.subarray(0, count));
    taken.set(this.#right.subarray(0, count), count);
    for (const channel of [this.#left, this.#right]) {
      channel.copyWithin(0, count);
      channel.fill(0, channel.length - count);
    }
    this.#from += count;
    for (let at = 0; at < taken.length; at++) taken[at] = limited(taken[at] ?? 0);
    return taken;
  }

  #reach(count: number): void {
    if (count <= this.#left.length) return;
    const longer = (channel: Float32Array) => {
      const copy = new Float32Array(count + mixRate);
      copy.set(channel);
      return copy;
    };
    [this.#left, this.#right] = [longer(this.#left), longer(this.#right)];
  }
}
