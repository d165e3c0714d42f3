// Keeps one link's quality: samples in, sender parameters out, and what people are told of both sides. The judging is core's. Knows no
// signaling: what the two say of it is quality-word.ts and view-word.ts. In a group, upload-economy.ts sets its limits.
import { type BandwidthState, freshBandwidth, stepBandwidth } from '../../core/media/bandwidth-machine.ts';
import { screenLimits } from '../../core/media/call-quality.ts';
import {
  freshQuality,
  goodSide,
  isHeldBack,
  type LinkLevel,
  type LinkQuality,
  loadOf,
  type QualityContext,
  sideQuality,
  stepQuality,
  worseOf,
} from '../../core/media/link-quality.ts';
import type { LinkSample } from '../../core/media/link-sample.ts';
import { type CodecState, freshCodec, stepCodec } from '../../core/media/picture-codec.ts';
import { freshLoad, type LoadState, stepLoad } from '../../core/media/picture-steps.ts';
import { type SendingPlan, sendingPlan } from '../../core/media/sending-plan.ts';
import type { PicturePart, ShownSize } from '../../core/media/shown-size.ts';
import type { UploadShare } from '../../core/media/upload-budget.ts';
import { type SenderPort, writeSender } from '../../link/connection/sender-parameters.ts';
import type { OwnModel } from '../model/own-model.ts';
import type { PairModel } from '../model/person-model.ts';
import { LinkStats, type StatsSource } from './link-stats.ts';
import { type QualityReport, QualityReports } from './quality-word.ts';
import type { ControlWatcher, SharedControl } from './upload-economy.ts';
import { ViewSizes } from './view-word.ts';

type ControlledSender = SenderPort & { readonly track: MediaStreamTrack | null };

/** What the control needs of a connection. */
export interface ControlledConnection extends StatsSource, EventTarget {
  readonly connectionState: RTCPeerConnectionState;
  sender(kind: 'audio' | 'video'): ControlledSender | undefined;
  /** What sends the picture of the own screen; undefined until it has been shown once. */
  screenSender(): ControlledSender | undefined;
  /** Calls back when there is a new sender, or another track on one. */
  onSending(tell: () => void): void;
}

const wholeScreen = { isSent: true, scale: 1, ...screenLimits } as const;
/** Ramp-up: for the first 1.5 s video is sent at half resolution. */
const rampUpMs = 1_500;

export class QualityControl implements SharedControl {
  readonly #model: PairModel;
  readonly #own: Pick<OwnModel, 'quality'>;
  /** What is said between the two about the link itself. */
  readonly reports = new QualityReports(() => this.#publish());
  readonly sizes = new ViewSizes(() => this.#watcher?.onChange());
  readonly #stats: LinkStats;
  readonly #now: () => number;
  #connection: ControlledConnection | undefined;
  #cameUpAtMs: number | undefined;
  #growsUp: ReturnType<typeof setTimeout> | undefined;
  #bandwidth: BandwidthState = freshBandwidth;
  #load: LoadState = freshLoad;
  #codec: CodecState = freshCodec;
  #link: LinkQuality = freshQuality;
  /** What a group leaves for this link. */
  #share: UploadShare | undefined;
  #wasShared = false;
  #watcher: ControlWatcher | undefined;

  constructor(
    model: PairModel,
    own: Pick<OwnModel, 'quality'>,
    now: () => number = () => performance.now(),
    intervalMs = 1_000,
  ) {
    this.#model = model;
    this.#own = own;
    this.#now = now;
    this.#stats = new LinkStats({ onSample: (sample) => this.#took(sample), now, intervalMs });
    own.quality.subscribe(() => this.#apply());
  }

  remoteView(part: PicturePart): ShownSize | undefined {
    return this.sizes.theirs(part);
  }

  source(part: PicturePart): ShownSize | undefined {
    const connection = this.#connection;
    const sender = part === 'screen' ? connection?.screenSender() : connection?.sender('video');
    const { width, height } = sender?.track?.getSettings() ?? {};
    return width && height ? { width, height } : undefined;
  }

  watch(watcher: ControlWatcher | undefined): void {
    this.#watcher = watcher;
  }

  allow(share: UploadShare | undefined): void {
    this.#share = share;
    this.#wasShared ||= share !== undefined;
    this.#apply();
  }

  /** This connection carries the call from now on. What was learned about the network of another one is forgotten. */
  follow(connection: ControlledConnection): void {
    this.#connection = connection;
    this.#stats.follow(undefined);
    this.#cameUpAtMs = undefined;
    this.#bandwidth = stepBandwidth(this.#bandwidth, { event: 'restarted' });
    this.#link = freshQuality;
    this.reports.forget();
    connection.onSending(() => this.#apply());
    const changed = () => this.#connectionChanged(connection);
    connection.addEventListener('connectionstatechange', changed);
    changed();
    this.#apply();
  }

  /** The person wants to be seen all the same. */
  insist(): void {
    this.#bandwidth = stepBandwidth(this.#bandwidth, { event: 'insisted' });
    this.#apply();
    this.#publish();
  }

  /** The call is over. */
  stop(): void {
    this.#stats.follow(undefined);
    clearTimeout(this.#growsUp);
    this.sizes.stop();
    this.#connection = undefined;
  }

  #connectionChanged(connection: ControlledConnection): void {
    if (connection !== this.#connection || this.#cameUpAtMs !== undefined) return;
    if (connection.connectionState !== 'connected') return;
    this.#cameUpAtMs = this.#now();
    this.#stats.follow(connection);
    clearTimeout(this.#growsUp);
    this.#growsUp = setTimeout(() => this.#apply(), rampUpMs);
  }

  get #isYoung(): boolean {
    return this.#cameUpAtMs === undefined || this.#now() - this.#cameUpAtMs < rampUpMs;
  }

  #took(sample: LinkSample): void {
    const context = this.#context();
    const { atMs } = sample;
    const load = this.#isYoung ? 'fine' : loadOf(sample, context);
    // While nothing comes, the estimate is of a time that is over. Packets that wait for a full computer look like a full network: a
    // group has made everything smaller by then.
    const isMisled = sample.silentMs > 0 || (this.#share !== undefined && load === 'busy');
    const bitsPerSecond = isMisled ? undefined : sample.estimateBitsPerSecond;
    this.#bandwidth = stepBandwidth(this.#bandwidth, {
      event: 'measured',
      atMs,
      bitsPerSecond,
      isHeldBack: isHeldBack(sample, context),
    });
    this.#link = stepQuality(this.#link, sample, context);
    if (!this.#isYoung) {
      this.#load = stepLoad(this.#load, { atMs, load });
      this.#codec = stepCodec(this.#codec, atMs, load, this.#load.step);
    }
    this.#model.statistics.value = sample;
    this.#apply();
    this.#publish();
    this.sizes.remind();
    this.#watcher?.onSample(sample, load);
  }

  /** Brings all senders to the plan. Cheap when nothing has changed. */
  #apply(): void {
    const connection = this.#connection;
    if (!connection) return;
    const plan = this.#plan();
    const picture = connection.sender('video');
    if (picture)
      void writeSender(picture, {
        active: plan.showsPicture,
        maxBitrate: plan.pictureBitsPerSecond,
        scaleResolutionDownBy: plan.scale,
        maxFramerate: plan.framesPerSecond,
        priority: 'low',
        // People who read lips or sign need movement more than sharpness; writing on a screen is the other way round.
        degradationPreference: isWriting(picture.track) ? 'maintain-resolution' : 'maintain-framerate',
        codec: this.#share ? this.#share.codec : this.#codec.codec,
      });
    this.#applyToScreen(connection.screenSender());
    const sound = connection.sender('audio');
    // The first picture comes first.
    if (sound && !this.#isYoung)
      void writeSender(sound, { active: true, maxBitrate: plan.soundBitsPerSecond, priority: 'high' });
  }

  /** A screen goes out as its connection made it, until a group limits it. */
  #applyToScreen(screen: ControlledSender | undefined): void {
    if (!screen || !this.#wasShared || (this.#share && !this.#share.screen)) return;
    const { isSent, bitsPerSecond, framesPerSecond, scale } = this.#share?.screen ?? wholeScreen;
    void writeSender(screen, {
      active: isSent,
      maxBitrate: bitsPerSecond,
      scaleResolutionDownBy: scale,
      maxFramerate: framesPerSecond,
      priority: 'low',
      degradationPreference: isWriting(screen.track) ? 'maintain-resolution' : 'maintain-framerate',
    });
  }

  #plan(): SendingPlan {
    return sendingPlan({
      quality: this.#own.quality.value,
      bandwidth: this.#bandwidth,
      loadStep: this.#load.step,
      isYoung: this.#isYoung,
      source: this.source('person'),
      share: this.#share,
    });
  }

  #context(): QualityContext {
    const track = this.#connection?.sender('video')?.track;
    const plan = this.#plan();
    const { width = 0, height = 0, frameRate = 30 } = track?.getSettings() ?? {};
    return {
      picture: track
        ? {
            bitsPerSecond: plan.pictureBitsPerSecond,
            height: Math.min(width, height) / plan.scale,
            framesPerSecond: Math.min(frameRate, plan.framesPerSecond),
          }
        : undefined,
      isPaused: this.#isPaused,
      isHidden: document.hidden,
    };
  }

  /** The own picture would go out, were it not for the network. */
  get #isPaused(): boolean {
    return this.#bandwidth.state === 'low' && this.#connection?.sender('video')?.track != null;
  }

  #publish(): void {
    const model = this.#model;
    const { out, in: incoming, cpu } = this.#link;
    const { theirs } = this.reports;
    const theirCpu: LinkLevel = theirs.busy ? 'fair' : 'good';
    const isUp = this.#cameUpAtMs !== undefined;
    setSide(model.ownQuality, isUp ? sideQuality(worseOf(out.shown, theirs.receives), cpu.shown) : goodSide);
    setSide(model.remoteQuality, isUp ? sideQuality(worseOf(incoming.shown, theirs.sends), theirCpu) : goodSide);
    model.remotePaused.value = theirs.paused;
    model.ownPaused.value = this.#isPaused;
    this.reports.tell({
      sends: told(out.shown),
      receives: told(incoming.shown),
      busy: cpu.shown !== 'good',
      paused: this.#isPaused,
    });
  }
}

/** Silence cannot be told to whom it concerns. */
function told(level: LinkLevel): QualityReport['sends'] {
  return level === 'lost' ? 'poor' : level;
}

/** Views are drawn anew only when something is different. */
function setSide(signal: PairModel['ownQuality'], side: PairModel['ownQuality']['value']): void {
  const { level, cause } = signal.value;
  if (level !== side.level || cause !== side.cause) signal.value = side;
}

function isWriting(track: MediaStreamTrack | null): boolean {
  return track?.contentHint === 'detail' || track?.contentHint === 'text';
}
