// The effect on one camera: the system's own blur where it offers one, our own drawing elsewhere. From the moment in which a background is wanted
// until the person says otherwise, what is sent is composed, or blurred as a whole.
import { type EffectLoad, firstLoad, stepLoad } from '../../core/media/effect-load.ts';
import { type EffectChoice, frameLook, type PictureEffectState, pictureWay } from '../../core/media/effects.ts';
import type { EffectEvents, OpenEffect } from '../devices/effect-ports.ts';
import type { Compositor } from './compositor.ts';
import type { CameraFrame, Draw, Drawn, FrameWay } from './frame-way.ts';
import { hasNativeBlur, setNativeBlur } from './native-blur.ts';
import type { Segmenter } from './segmenter.ts';
import type { Veil } from './veil.ts';

/** What the effect is made of, so that tests can stand in for the graphics card, the model and the camera. */
export interface PicturePorts {
  openFrames(raw: MediaStreamTrack, draw: Draw): FrameWay;
  loadSegmenter(): Promise<Segmenter>;
  /** Throws where there is no WebGL2. */
  makeCompositor(): Compositor;
  makeVeil(): Veil;
  /** Rejects for a picture that cannot be read. */
  readPicture(choice: EffectChoice): Promise<ImageBitmap | undefined>;
  /** Milliseconds. */
  now(): number;
}

/** A small picture comes so often, at most. */
const smallFramesPerSecond = 15;
/** Above this, every second frame is segmented. */
const segmentedFramesPerSecond = 15;

export class PictureEffect implements OpenEffect {
  readonly #raw: MediaStreamTrack;
  readonly #events: EffectEvents<PictureEffectState>;
  readonly #ports: PicturePorts;
  readonly #veil: Veil;
  #choice: EffectChoice;
  #isTooSlow: boolean;
  #state: PictureEffectState = 'starting';
  #track: MediaStreamTrack | undefined;
  #frames: FrameWay | undefined;
  #segmenter: Segmenter | undefined;
  #compositor: Compositor | undefined;
  #load: EffectLoad | undefined;
  #picture: ImageBitmap | undefined;
  #maskAt: number | undefined;
  #isSegmenting = false;
  #lastSegmented = Number.NEGATIVE_INFINITY;
  #lastDrawn = Number.NEGATIVE_INFINITY;
  #frameAt: number | undefined;
  #everyMs = 1_000 / 30;
  /** Counts choices of a way and the end: what answers an older one is thrown away. */
  #turn = 0;

  constructor(
    raw: MediaStreamTrack,
    choice: EffectChoice,
    isTooSlow: boolean,
    events: EffectEvents<PictureEffectState>,
    ports: PicturePorts,
  ) {
    [this.#raw, this.#choice, this.#isTooSlow, this.#events, this.#ports] = [raw, choice, isTooSlow, events, ports];
    this.#veil = ports.makeVeil();
    this.#begin();
  }

  get track(): MediaStreamTrack | undefined {
    return this.#track;
  }

  choose(choice: EffectChoice): void {
    const before = this.#choice;
    this.#choice = choice;
    if (choice.backgroundPicture !== before.backgroundPicture) this.#picture = undefined;
    const isDrawn = this.#frames !== undefined && before.background !== 'none' && choice.background !== 'none';
    const isSame = before.background === choice.background || isDrawn;
    if (!isSame || needsNew(this.#state)) this.#begin();
    this.#readPicture();
  }

  stop(): void {
    this.#turn += 1;
    this.#letGo();
    this.#frames?.stop();
    this.#frames = undefined;
  }

  /** The way to what is wanted now. A track that is drawn stays the same, whatever is drawn on it. */
  #begin(): void {
    const turn = ++this.#turn;
    const { background } = this.#choice;
    const nativeBlur = this.#frames === undefined && hasNativeBlur(this.#raw);
    const way = pictureWay(background, { nativeBlur, canDraw: true, isTooSlow: this.#isTooSlow });
    if (way === 'native') {
      this.#become('starting', turn);
      void setNativeBlur(this.#raw, true).then((isOn) => {
        if (turn !== this.#turn) return;
        if (isOn) this.#send(this.#raw, 'on', turn);
        else this.#drawOwn(turn);
      });
      return;
    }
    this.#letGo();
    if (way === 'none') {
      // The room itself is wanted; behind another background a blurred one does no harm.
      void setNativeBlur(this.#raw, false);
      if (this.#frames) this.#become('off', turn);
      else this.#send(this.#raw, 'off', turn);
    } else if (way === 'slow') {
      this.#openFrames();
      this.#become('slow', turn);
    } else this.#drawOwn(turn);
  }

  #drawOwn(turn: number): void {
    this.#openFrames();
    this.#readPicture();
    this.#become('starting', turn);
    try {
      this.#compositor = this.#ports.makeCompositor();
    } catch {
      this.#become('impossible', turn);
      return;
    }
    this.#ports.loadSegmenter().then(
      (segmenter) => {
        if (turn !== this.#turn) {
          segmenter.close();
          return;
        }
        this.#segmenter = segmenter;
        this.#load = firstLoad(this.#ports.now());
      },
      () => this.#fail(turn),
    );
  }

  #openFrames(): void {
    if (this.#frames) return;
    this.#frames = this.#ports.openFrames(this.#raw, (frame) => this.#draw(frame));
    this.#frames.track.contentHint = this.#raw.contentHint;
    this.#track = this.#frames.track;
    this.#tell(() => this.#events.onTrack());
  }

  #draw(frame: CameraFrame): Drawn | undefined {
    const now = this.#ports.now();
    const isSmall = this.#load?.state !== 'off' && this.#load?.size === 'small';
    if (this.#frameAt !== undefined) this.#everyMs += (Math.min(now - this.#frameAt, 1_000) - this.#everyMs) / 8;
    this.#frameAt = now;
    const { background, backgroundColor: color } = this.#choice;
    if (background === 'none') return frame.image;
    // A little less than the time between two, or every beat that comes a moment early would be left out.
    if (isSmall && now - this.#lastDrawn < 900 / smallFramesPerSecond) return undefined;
    this.#lastDrawn = now;
    this.#segment(frame, now);
    const maskAge = this.#maskAt === undefined ? undefined : now - this.#maskAt;
    const look = frameLook(background, this.#state, maskAge);
    if (look === 'composed' && this.#compositor)
      try {
        return this.#compositor.draw(frame, { background, color, picture: this.#picture }, isSmall ? 0.5 : 1);
      } catch {
        this.#fail(this.#turn);
      }
    return this.#veil.draw(frame);
  }

  #segment(frame: CameraFrame, now: number): void {
    const segmenter = this.#segmenter;
    if (!segmenter || this.#isSegmenting || now - this.#lastSegmented < 900 / segmentedFramesPerSecond) return;
    this.#isSegmenting = true;
    this.#lastSegmented = now;
    const isOld = () => segmenter !== this.#segmenter;
    segmenter
      .segment(frame)
      .then((mask) => {
        if (isOld()) return;
        this.#compositor?.setMask(mask);
        this.#maskAt = now;
        this.#took(this.#ports.now());
      })
      .catch(() => {
        if (!isOld()) this.#fail(this.#turn);
      })
      .finally(() => {
        if (!isOld()) this.#isSegmenting = false;
      });
  }

  #took(atMs: number): void {
    if (!this.#load) return;
    const load = stepLoad(this.#load, { atMs, tookMs: atMs - this.#lastSegmented, everyMs: this.#everyMs });
    this.#load = load;
    if (load.state === 'off') {
      this.#isTooSlow = true;
      this.#letGo();
      this.#become('slow', this.#turn);
    } else this.#become(load.state === 'on' ? working(load) : 'starting', this.#turn);
  }

  #fail(turn: number): void {
    if (turn !== this.#turn) return;
    this.#letGo();
    this.#become('stopped', turn);
  }

  /** What draws and segments; frames go on. */
  #letGo(): void {
    this.#segmenter?.close();
    this.#compositor?.close();
    [this.#segmenter, this.#compositor, this.#load, this.#maskAt] = [undefined, undefined, undefined, undefined];
    this.#isSegmenting = false;
  }

  #readPicture(): void {
    const choice = this.#choice;
    if (choice.background !== 'picture' || this.#picture) return;
    this.#ports.readPicture(choice).then(
      (picture) => {
        if (this.#choice.backgroundPicture === choice.backgroundPicture) this.#picture = picture;
      },
      // A picture that cannot be read is none: the room is blurred.
      () => undefined,
    );
  }

  #send(track: MediaStreamTrack, state: PictureEffectState, turn: number): void {
    this.#track = track;
    this.#tell(() => this.#events.onTrack());
    this.#become(state, turn);
  }

  #become(state: PictureEffectState, turn: number): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#tell(() => {
      if (turn === this.#turn) this.#events.onState(this.#state);
    });
  }

  /** Nothing is told before whoever opened this has it. */
  #tell(tell: () => void): void {
    queueMicrotask(tell);
  }
}

const needsNew = (state: PictureEffectState): boolean => state === 'stopped' || state === 'impossible';

const working = (load: Extract<EffectLoad, { state: 'on' }>): PictureEffectState =>
  load.size === 'small' ? 'reduced' : 'on';
