// Divides what this page can send and compute among the links of a group: one per page, joined by each link's QualityControl. Measures
// and hands out; core/media/upload-budget.ts decides. Knows no connection and no signaling.
import { type ReadonlySignal, type Signal, signal } from '@preact/signals';
import type { LinkSample } from '../../core/media/link-sample.ts';
import { codingWork, type LinkWork, pageLoad } from '../../core/media/page-load.ts';
import { freshLoad, type Load, type LoadState, pictureSteps, stepLoad } from '../../core/media/picture-steps.ts';
import type { PicturePart, ShownSize } from '../../core/media/shown-size.ts';
import {
  divideUpload,
  largestWish,
  type Receiver,
  stepBudget,
  type UploadShare,
  uploadBudget,
} from '../../core/media/upload-budget.ts';
import type { OwnModel } from '../model/own-model.ts';

/** One link's control, as far as the economy touches it. */
export interface SharedControl {
  /** How large the other side shows our picture, or our screen; undefined until it has said so. */
  remoteView(part: PicturePart): ShownSize | undefined;
  /** What our camera, or the screen that we share, gives it. */
  source(part: PicturePart): ShownSize | undefined;
  /** Lets out no more than this; undefined lifts all limits. */
  allow(share: UploadShare | undefined): void;
  /** Tells each sample, and when a `remoteView` has changed. */
  watch(watcher: ControlWatcher | undefined): void;
}

export interface ControlWatcher {
  onSample(sample: LinkSample, load: Load): void;
  onChange(): void;
}

export interface EconomyParts {
  /** What is our own in every call of the page. */
  readonly own: Pick<OwnModel, 'quality' | 'screen' | 'screenKind' | 'speaking' | 'camera'>;
  /** The camera need not give more than this, or may give all again (undefined). Resolves when it does. */
  readonly onCaptureSize?: (size: ShownSize | undefined) => Promise<void>;
  readonly cores?: number;
  /** A clock that never goes back, in ms. */
  readonly now?: () => number;
}

export type Advice = 'none' | 'turn-camera-off';

interface Joined {
  readonly control: SharedControl;
  work: LinkWork | undefined;
  /** Since when a picture has gone out without a break. */
  pictureSinceMs: number | undefined;
  estimate: number | undefined;
}

/** How long a picture is sent before the browser's estimate counts: it climbs from little. */
const estimateClimbMs = 10_000;
/** Congestion control finds more only where a little more is asked for. */
const headroom = 1.25;
/** Sound and a small picture: whether a link carries even less is judged by its own control. */
const leastLinkBits = 150_000;
const roundMs = 900;
/** Samples come each second. Later than this in a page that is seen, the computer has no time for it, whatever fills it. */
const lateSampleMs = 1_400;
/** A voice counts when it lasts, and for a while after it has ended. */
const speakMs = 1_000;
const spokeMs = 5_000;
/** From so many people on pictures cost more than they give. */
const manyPeople = 8;
/** Too little for everybody for so long: whoever sends is advised to turn the camera off. */
const shortBeforeAdviceMs = 10_000;
const smallCapture: ShownSize = { width: 640, height: 360 };
const smallLines = 360;
/** Nobody has seen more than a small picture for so long: the camera itself is opened smaller. */
const smallBeforeCaptureMs = 5_000;

export class UploadEconomy {
  readonly #parts: EconomyParts;
  readonly #now: () => number;
  readonly #cores: number;
  readonly #joined = new Map<string, Joined>();
  readonly #advice: Signal<Advice> = signal<Advice>('none');
  readonly #unsubscribe: readonly (() => void)[];
  #load: LoadState = freshLoad;
  /** Since when the computer is short although it does the least. */
  #shortSinceMs: number | undefined;
  #budget: { readonly bits: number; readonly atMs: number } | undefined;
  #roundAtMs = Number.NEGATIVE_INFINITY;
  #speaksSinceMs: number | undefined;
  #spokeAtMs: number | undefined;
  #smallSinceMs: number | undefined;
  #isCaptureSmall = false;

  constructor(parts: EconomyParts) {
    this.#parts = parts;
    this.#now = parts.now ?? (() => performance.now());
    this.#cores = parts.cores ?? navigator.hardwareConcurrency;
    const { quality, screen, screenKind, camera, speaking } = parts.own;
    this.#unsubscribe = [
      ...[quality, screen, screenKind, camera].map((own: ReadonlySignal<unknown>) =>
        own.subscribe(() => this.#share()),
      ),
      speaking.subscribe((isSpeaking) => this.#speaks(isSpeaking)),
    ];
  }

  /** What to say to the person about the number of people, or about the computer. */
  get advice(): ReadonlySignal<Advice> {
    return this.#advice;
  }

  /** This link takes part from now on, whether its connection is up yet or not. */
  join(id: string, control: SharedControl): void {
    this.leave(id);
    const joined: Joined = { control, work: undefined, pictureSinceMs: undefined, estimate: undefined };
    this.#joined.set(id, joined);
    control.watch({
      onSample: (sample, load) => this.#took(joined, sample, load),
      onChange: () => this.#share(),
    });
    this.#share();
  }

  /** This person is gone. */
  leave(id: string): void {
    const joined = this.#joined.get(id);
    if (!joined) return;
    this.#joined.delete(id);
    joined.control.watch(undefined);
    joined.control.allow(undefined);
    this.#share();
  }

  /** The call is over. */
  stop(): void {
    for (const end of this.#unsubscribe) end();
    for (const id of [...this.#joined.keys()]) this.leave(id);
  }

  #took(joined: Joined, sample: LinkSample, load: Load): void {
    const isLate = sample.intervalMs > lateSampleMs && !globalThis.document?.hidden;
    joined.work = { load: isLate ? 'busy' : load, coding: codingWork(sample) };
    const { isActive = false } = sample.pictureOut ?? {};
    joined.pictureSinceMs = isActive ? (joined.pictureSinceMs ?? sample.atMs) : undefined;
    const isKnown = joined.pictureSinceMs !== undefined && sample.atMs - joined.pictureSinceMs >= estimateClimbMs;
    const estimate = isKnown && sample.silentMs === 0 ? sample.estimateBitsPerSecond : undefined;
    joined.estimate = estimate === undefined ? undefined : Math.max(leastLinkBits, estimate);
    const now = this.#now();
    // Once for all samples of a second.
    if (now - this.#roundAtMs < roundMs) return;
    this.#roundAtMs = now;
    this.#judge(now);
    this.#share();
  }

  #judge(now: number): void {
    const load = pageLoad(
      [...this.#joined.values()].flatMap(({ work }) => work ?? []),
      this.#cores,
    );
    // Two people are judged by their link alone.
    this.#load = this.#joined.size < 2 ? freshLoad : stepLoad(this.#load, { atMs: now, load });
    const isShort = load === 'busy' && this.#load.step === pictureSteps.length - 1;
    this.#shortSinceMs = isShort ? (this.#shortSinceMs ?? now) : undefined;
  }

  /** Hands everybody its share. Cheap when nothing has changed. */
  #share(): void {
    const now = this.#now();
    const joined = [...this.#joined];
    const receivers: readonly Receiver[] = joined.map(([id, { control, estimate }]) => ({
      id,
      view: control.remoteView('person'),
      screenView: control.remoteView('screen'),
      linkBitsPerSecond: estimate === undefined ? undefined : estimate * headroom,
    }));
    const { own } = this.#parts;
    const source = (part: PicturePart) => firstOf(joined.map(([, { control }]) => control.source(part)));
    const shares = divideUpload({
      receivers,
      quality: own.quality.value,
      loadStep: this.#load.step,
      budgetBitsPerSecond: this.#budgetNow(now),
      isSpeaking: this.#isSpeaking(now),
      source: source('person'),
      screen: own.screen.value === 'on' ? { shows: own.screenKind.value, source: source('screen') } : undefined,
    });
    for (const [id, { control }] of joined) control.allow(shares.get(id));
    this.#capture(receivers, now);
    this.#advise(now);
  }

  #budgetNow(atMs: number): number {
    const measured = uploadBudget(
      this.#parts.own.quality.value,
      [...this.#joined.values()].map(({ estimate }) => estimate),
    );
    const before = this.#budget;
    const bits = before ? stepBudget(before.bits, measured, atMs - before.atMs) : measured;
    this.#budget = { bits, atMs };
    return bits;
  }

  #speaks(isSpeaking: boolean): void {
    const now = this.#now();
    if (!isSpeaking && this.#speaksSinceMs !== undefined && now - this.#speaksSinceMs >= speakMs) this.#spokeAtMs = now;
    this.#speaksSinceMs = isSpeaking ? now : undefined;
  }

  #isSpeaking(now: number): boolean {
    if (this.#speaksSinceMs !== undefined && now - this.#speaksSinceMs >= speakMs) return true;
    return this.#spokeAtMs !== undefined && now - this.#spokeAtMs < spokeMs;
  }

  /** Where nobody sees more than a small picture, it is made small once, not in each encoder. */
  #capture(receivers: readonly Receiver[], now: number): void {
    const isSmall = receivers.length >= 2 && largestWish(receivers) <= smallLines;
    this.#smallSinceMs = isSmall ? (this.#smallSinceMs ?? now) : undefined;
    const wanted = this.#smallSinceMs !== undefined && now - this.#smallSinceMs >= smallBeforeCaptureMs;
    if (wanted === this.#isCaptureSmall) return;
    this.#isCaptureSmall = wanted;
    void this.#parts.onCaptureSize?.(wanted ? smallCapture : undefined).then(
      () => this.#share(),
      () => undefined,
    );
  }

  #advise(now: number): void {
    const isShort = this.#shortSinceMs !== undefined && now - this.#shortSinceMs >= shortBeforeAdviceMs;
    const isTooMuch = isShort || this.#joined.size + 1 >= manyPeople;
    this.#advice.value = isTooMuch && this.#parts.own.camera.value === 'on' ? 'turn-camera-off' : 'none';
  }
}

function firstOf<Value>(values: readonly (Value | undefined)[]): Value | undefined {
  return values.find((value) => value !== undefined);
}
