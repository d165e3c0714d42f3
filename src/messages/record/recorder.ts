// Recording a message, step by step: which kind, the preview, the countdown, the take, watching it again, and what becomes of it.
import { type Signal, signal } from '@preact/signals';
import { toBase64url } from '../../core/base/bytes.ts';
import type { CallMedia } from '../../core/identity/contact.ts';
import type { MessageKind, SentMessage } from '../../core/messages/left-message.ts';
import { removeDraft } from '../../platform/messages/message-files.ts';
import type { MessageStore } from '../../platform/messages/message-store.ts';
import { recordingLives } from '../../platform/store/recording-life.ts';
import { DraftFile } from './draft-file.ts';
import { type FinishedTake, finishTake } from './finished-take.ts';
import { type DeviceChoice, DeviceError, type DeviceTrouble, type OwnDevices, openDevices } from './own-devices.ts';
import { type SendOutcome, sendMessage } from './send-message.ts';
import { Take } from './take.ts';

export type RecorderState =
  | { readonly step: 'choose' }
  | { readonly step: 'opening' }
  | { readonly step: 'preview' }
  /** `left`: 3, 2, 1; 0 while the first data is waited for. */
  | { readonly step: 'counting'; readonly left: number }
  | { readonly step: 'recording'; readonly sinceMs: number }
  | { readonly step: 'finishing' }
  | { readonly step: 'review'; readonly url: string; readonly seconds: number; readonly refused?: SendOutcome }
  | { readonly step: 'sending' }
  | { readonly step: 'sent' }
  | { readonly step: 'failed'; readonly why: RecorderTrouble };

export type RecorderTrouble = DeviceTrouble | 'disk' | 'nothing';

/** What a message is about. */
export interface MessageSubject {
  readonly contactId: string;
  readonly callId: string;
  /** When the call was, ms since the epoch. */
  readonly at: number;
  readonly media: CallMedia;
}

export interface RecorderParts {
  readonly subject: MessageSubject;
  readonly store: MessageStore;
  readonly ownId: () => Promise<string>;
  readonly choice: () => Promise<DeviceChoice>;
}

const countFrom = 3;
const countMs = 1_000;

export class Recorder {
  readonly state: Signal<RecorderState> = signal({ step: 'choose' });
  /** What the camera shows now. */
  readonly preview: Signal<MediaStream | undefined> = signal(undefined);
  readonly isVeiled = signal(false);
  kind: MessageKind = 'video';
  readonly #parts: RecorderParts;
  #devices: OwnDevices | undefined;
  #message: SentMessage | undefined;
  #take: Take | undefined;
  #finished: FinishedTake | undefined;
  #endLife: () => void = () => undefined;
  #count: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
  }

  /** Goes on with what a page before this one has recorded and not sent. */
  async resume(draft: SentMessage): Promise<void> {
    this.kind = draft.kind;
    this.#message = draft;
    this.#endLife = recordingLives(draft.m);
    await this.#finish();
  }

  async choose(kind: MessageKind): Promise<void> {
    this.kind = kind;
    this.#closeDevices();
    this.state.value = { step: 'opening' };
    try {
      const devices = await openDevices(kind, await this.#parts.choice(), () => this.#look());
      this.#devices = devices;
      this.state.value = { step: 'preview' };
      this.#look();
    } catch (error) {
      this.#fail(error instanceof DeviceError ? error.code : 'in-use');
    }
  }

  /** Three, two, one. */
  record(): void {
    this.#countDown(countFrom);
  }

  stop(): void {
    this.#take?.stop();
  }

  /** What was recorded goes. */
  async again(): Promise<void> {
    await this.throwAway();
    await this.choose(this.kind);
  }

  toChoice(): void {
    clearTimeout(this.#count);
    this.#closeDevices();
    this.state.value = { step: 'choose' };
  }

  async send(): Promise<void> {
    const [message, finished, before] = [this.#message, this.#finished, this.state.value];
    if (!message || !finished || before.step !== 'review') return;
    this.state.value = { step: 'sending' };
    const { store, ownId, subject } = this.#parts;
    const outcome = await ownId()
      .then((id) => sendMessage(message, finished, { store, ownId: id, media: subject.media, now: Date.now() }))
      .catch(() => 'no-room' as const);
    if (outcome === 'too-many' || outcome === 'no-room') {
      this.state.value = { ...before, refused: outcome };
      return;
    }
    URL.revokeObjectURL(before.url);
    this.#letGo();
    this.state.value = { step: 'sent' };
  }

  async throwAway(): Promise<void> {
    const message = this.#message;
    if (this.state.value.step === 'review') URL.revokeObjectURL(this.state.value.url);
    this.#letGo();
    if (!message) return;
    await this.#parts.store.forget(message.m);
    await removeDraft(message.m);
  }

  #countDown(left: number): void {
    this.state.value = { step: 'counting', left };
    if (left > 0) this.#count = setTimeout(() => this.#countDown(left - 1), countMs);
    else void this.#begin().catch(() => this.#fail('disk'));
  }

  async #begin(): Promise<void> {
    const { store, subject } = this.#parts;
    const { contactId, callId, at } = subject;
    const stream = this.#devices?.stream;
    if (!stream) return this.#fail('in-use');
    const m = toBase64url(crypto.getRandomValues(new Uint8Array(16)));
    const facts = { m, callId, contactId, kind: this.kind, seconds: 0, size: 0, hash: '', key: '', at };
    const message: SentMessage = { ...facts, since: Date.now(), direction: 'out', state: 'draft' };
    this.#endLife = recordingLives(m);
    await store.begin(message);
    this.#message = message;
    const draft = await DraftFile.open(m);
    if (!draft) return this.#fail('disk');
    let isWritten = true;
    this.#take = new Take(this.kind, stream, draft, {
      onBegun: () => {
        this.state.value = { step: 'recording', sinceMs: Date.now() };
      },
      onFailed: () => {
        isWritten = false;
      },
    });
    await this.#take.done;
    this.#take = undefined;
    this.#closeDevices();
    // What there is can be sent all the same.
    await this.#finish(isWritten ? 'nothing' : 'disk');
  }

  async #finish(ifNothing: RecorderTrouble = 'nothing'): Promise<void> {
    const message = this.#message;
    if (!message) return;
    this.state.value = { step: 'finishing' };
    const finished = await finishTake(message.m).catch(() => undefined);
    if (!finished) {
      await this.throwAway();
      return this.#fail(ifNothing);
    }
    this.#finished = finished;
    this.state.value = { step: 'review', url: URL.createObjectURL(finished.file), seconds: finished.seconds };
  }

  #look(): void {
    const stream = this.#devices?.stream;
    this.isVeiled.value = this.#devices?.isVeiled ?? false;
    if (stream === this.preview.value) return;
    this.preview.value = stream;
    // What is recorded cannot be exchanged on the way.
    this.#take?.stop();
  }

  #fail(why: RecorderTrouble): void {
    this.#closeDevices();
    this.state.value = { step: 'failed', why };
  }

  #letGo(): void {
    this.#message = undefined;
    this.#finished = undefined;
    this.#endLife();
    this.#endLife = () => undefined;
  }

  #closeDevices(): void {
    this.#devices?.stop();
    this.#devices = undefined;
    this.preview.value = undefined;
    this.isVeiled.value = false;
  }
}
