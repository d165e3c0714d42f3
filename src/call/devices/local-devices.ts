// Joins the own devices to the model, to the connections and to the microphone's level. What a person switches here is what is sent.

import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { EffectChoice } from '../../core/media/effects.ts';
import type { ShownSize } from '../../core/media/shown-size.ts';
import type { CallConnection } from '../../link/connection/call-connection.ts';
import type { SettingsStore } from '../../platform/store/settings-store.ts';
import type { ChosenDevices, DeviceState, OwnActions, OwnEffectsState, OwnModel } from '../model/own-model.ts';
import type { EffectSource } from './effect-ports.ts';
import { LocalMedia } from './local-media.ts';
import type { MediaState } from './media-word.ts';
import { type HeardMicrophone, silence, watchMicrophone } from './microphone-level.ts';
import { noEffects, OwnEffects } from './own-effects.ts';
import { type ScreenKind, ScreenShare } from './screen-share.ts';

const measureAfterMs = 500;

const isSent = (state: DeviceState): boolean => state === 'on' || state === 'starting';

export class LocalDevices implements OwnActions {
  readonly #model: OwnModel;
  readonly #settings: Pick<SettingsStore, 'change'>;
  readonly #media: LocalMedia;
  readonly #effects: OwnEffects | undefined;
  readonly #screen = new ScreenShare({ onChange: () => this.#screenChanged() });
  /** Those that carry the own tracks: one for each person in the call. */
  readonly #connections = new Set<CallConnection>();
  readonly #listeners = new Set<(media: MediaState) => void>();
  readonly #holdListeners = new Set<(isOnHold: boolean) => void>();
  /** While the call is on hold: whether the camera is to come back with it. */
  #heldCamera: boolean | undefined;
  #started = false;
  #isOver = false;
  #microphoneWanted = true;
  #isPreviewHeld = false;
  #begins: ReturnType<typeof setTimeout> | undefined;
  #unwatchMicrophone: (() => void) | undefined;

  /** @param effects where they come from; without them, and while the model holds no choice, devices are sent as they are. */
  constructor(model: OwnModel, settings: Pick<SettingsStore, 'change'>, effects?: EffectSource) {
    this.#model = model;
    this.#settings = settings;
    const choice = model.effects.value?.choice;
    this.#effects =
      effects &&
      choice &&
      new OwnEffects(effects, choice, {
        onPicture: (picture) => this.#effectChanged({ picture }),
        onNoise: (noise) => this.#effectChanged({ noise }),
      });
    this.#media = new LocalMedia({
      effects: this.#effects ?? noEffects,
      onChange: () => this.#changed(),
      onTrackChange: (kind, track) => {
        const sent = kind === 'microphone' ? 'audio' : 'video';
        for (const connection of this.#live()) connection.setTrack(sent, track).catch(() => undefined);
        // While a call connects the levels wait until it is up, as the preview does.
        if (kind === 'microphone' && !this.#isPreviewHeld) this.#listenToMicrophone(this.#media.microphoneSource);
      },
    });
  }

  /** What the others are told: a device that is starting is on, so that its first picture is shown at once. */
  get sent(): MediaState {
    return {
      microphone: isSent(this.#media.microphone),
      camera: isSent(this.#media.camera),
      screen: this.#screen.state === 'on',
      speaking: this.#model.speaking.value,
    };
  }

  /** The tracks behind what is sent. */
  get tracks() {
    const { sent } = this.#media;
    return { microphone: sent.of('microphone'), camera: sent.of('camera'), screen: this.#screen.stream };
  }

  /** Calls back when the microphone, camera or screen goes on or off, and when speech begins or ends. @returns a function that ends this. */
  onMedia(tell: (media: MediaState) => void): () => void {
    this.#listeners.add(tell);
    return () => this.#listeners.delete(tell);
  }

  get isOnHold(): boolean {
    return this.#heldCamera !== undefined;
  }

  /** Calls back when the call is put on hold and when it goes on. @returns a function that ends this. */
  onHold(tell: (isOnHold: boolean) => void): () => void {
    this.#holdListeners.add(tell);
    return () => this.#holdListeners.delete(tell);
  }

  /** On hold nothing of the person here is sent, and no switch changes that. What was on before comes back with the call, but for the screen. */
  hold(isOnHold: boolean): void {
    if (isOnHold === this.isOnHold || this.#isOver) return;
    const camera = this.#heldCamera ?? this.sent.camera;
    this.#heldCamera = isOnHold ? camera : undefined;
    if (isOnHold) this.#screen.stop();
    void this.#media.setMicrophoneOn(!isOnHold && this.#microphoneWanted);
    if (camera) void this.#media.setCameraOn(!isOnHold);
    for (const tell of this.#holdListeners) tell(isOnHold);
  }

  /** Opens what a call of this kind wants. Later calls change only the camera: a person's mute stays. */
  wish(media: CallMedia): void {
    if (this.#started) {
      if (media === 'audio') void this.#media.setCameraOn(false);
      return;
    }
    this.#started = true;
    this.#media.setQuality(this.#model.quality.value);
    void this.#media.start({ microphone: true, camera: media === 'video', chosen: this.#model.chosen.value });
  }

  /** The own picture is shown from `releasePreview` on: painting it costs a slow machine what the call's first picture needs. */
  holdPreview(): void {
    this.#isPreviewHeld = true;
  }

  releasePreview(): void {
    this.#isPreviewHeld = false;
    this.#model.picture.value = this.#media.picture;
  }

  /** From now on, until it is closed, this connection carries the own tracks. */
  attach(connection: CallConnection): void {
    this.#connections.add(connection);
    void connection.setTrack('audio', this.#media.sent.of('microphone'));
    void connection.setTrack('video', this.#media.sent.of('camera'));
    void connection.setScreen(this.#screen.stream).catch(() => undefined);
  }

  toggleMicrophone(): void {
    if (!this.#isInUse) return;
    // While it starts it is about to be on: pressing the button then means mute.
    this.#microphoneWanted = !this.#microphoneWanted;
    void this.#media.setMicrophoneOn(this.#microphoneWanted);
  }

  toggleCamera(): void {
    if (this.#isInUse) void this.#media.setCameraOn(!this.sent.camera && this.#media.camera !== 'silenced');
  }

  /** Shows the own screen beside the camera, or stops. */
  toggleScreen(): void {
    if (!this.#isInUse) return;
    if (this.#screen.state === 'on') this.#screen.stop();
    else void this.#screen.start();
  }

  setScreenKind(kind: ScreenKind): void {
    this.#screen.setKind(kind);
  }

  /** Switches devices at once and remembers the choice for later calls. */
  chooseDevices(chosen: Partial<ChosenDevices>): void {
    void this.#media.choose(chosen);
    this.#model.chosen.value = { ...this.#model.chosen.value, ...chosen };
    void this.#settings.change(chosen);
  }

  /** Asks the camera for what this needs, at once, and remembers the choice for later calls. */
  chooseQuality(quality: CallQuality): void {
    this.#media.setQuality(quality);
    this.#model.quality.value = quality;
    void this.#settings.change({ callQuality: quality });
  }

  /** Background and noise, at once and for later calls. */
  chooseEffects(change: Partial<EffectChoice>): void {
    const before = this.#model.effects.value;
    if (!before) return;
    const choice = { ...before.choice, ...change };
    this.#model.effects.value = { ...before, choice };
    this.#effects?.choose(choice);
    void this.#settings.change(change);
  }

  /** Looks from now on how loud the microphone is and whether somebody speaks into it. */
  measureMicrophone(): void {
    // The first picture comes first: measuring sound costs a slow machine tens of milliseconds to begin.
    this.#begins ??= setTimeout(() => {
      if (!this.#unwatchMicrophone) this.#listenToMicrophone(this.#media.microphoneSource);
    }, measureAfterMs);
  }

  /** The camera need not give more than this, or may give all again (undefined). Resolves once it has followed. */
  limitCapture(size: ShownSize | undefined): Promise<void> {
    return this.#media.limitCapture(size);
  }

  stop(): void {
    this.#isOver = true;
    clearTimeout(this.#begins);
    this.#unwatchMicrophone?.();
    this.#media.stop();
    this.#screen.stop();
    this.#connections.clear();
  }

  /** Between the first call's wish and the end of the last one, but for a call that is on hold. */
  get #isInUse(): boolean {
    return this.#started && !this.#isOver && !this.isOnHold;
  }

  #changed(): void {
    const model = this.#model;
    const before = { microphone: isSent(model.microphone.value), camera: isSent(model.camera.value) };
    model.microphone.value = this.#media.microphone;
    model.camera.value = this.#media.camera;
    model.devices.value = this.#media.devices;
    // Before that nothing is known of the person's choice but what the model holds.
    if (this.#started) model.chosen.value = this.#media.chosen;
    model.substitutes.value = this.#media.substitutes;
    if (!this.#isPreviewHeld) model.picture.value = this.#media.picture;
    const { microphone, camera } = this.sent;
    if (before.microphone !== microphone || before.camera !== camera) this.#tell();
  }

  #effectChanged(change: Partial<OwnEffectsState>): void {
    const before = this.#model.effects.value;
    if (before) this.#model.effects.value = { ...before, ...change };
  }

  #screenChanged(): void {
    const { state, stream, kind } = this.#screen;
    const wasOn = this.#model.screen.value === 'on';
    this.#model.screen.value = state;
    this.#model.screenKind.value = kind;
    if (wasOn === (state === 'on')) return;
    for (const connection of this.#live()) connection.setScreen(stream).catch(() => undefined);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.sent);
  }

  /** Connections that are not closed yet; the others are let go. */
  #live(): readonly CallConnection[] {
    for (const connection of this.#connections)
      if (connection.signalingState === 'closed') this.#connections.delete(connection);
    return [...this.#connections];
  }

  #listenToMicrophone(track: MediaStreamTrack | null): void {
    this.#unwatchMicrophone?.();
    if (!track) this.#heard(silence);
    this.#unwatchMicrophone = track ? watchMicrophone(track, (heard) => this.#heard(heard)) : undefined;
  }

  #heard({ level, speaking, mutedSpeaking }: HeardMicrophone): void {
    const model = this.#model;
    const isNews = model.speaking.value !== speaking;
    model.level.value = level;
    model.speaking.value = speaking;
    model.mutedSpeaking.value = mutedSpeaking;
    if (isNews) this.#tell();
  }
}
