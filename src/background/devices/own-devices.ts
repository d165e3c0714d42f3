// What the devices with the same words say to each other over the inbox that they share (docs/protocol.md#own-devices): whether they are there, and
// whether a call goes on. Says nothing by itself: a person looks, here or there.
import { type Bytes, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Opener, Sealer, Signer } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { CallElsewhere, HeldCall } from '../../core/call/requests.ts';
import { DeviceCounters, type OwnDevice } from '../../core/devices/own-device.ts';
import type { OwnInboxes } from '../../core/identity/inboxes.ts';
import { epochDay, inboxTopic } from '../../core/identity/topics.ts';
import type { Recipient } from '../../core/signaling/mail.ts';
import type { Signal, SignalBody, SignalOf } from '../../core/signaling/signal.ts';

/** Whoever opens the popup again and again asks once in this time. */
const lookEveryMs = 10_000;
/** Answers to others: at once, and then each second. */
const answers = { atOnce: 6, perSecond: 0.1 };

export interface OwnDevicesParts {
  readonly sealer: Pick<Sealer, 'hkdfSha256' | 'randomBytes'>;
  readonly clock: Clock;
  readonly signer: Pick<Signer, 'publicKey'>;
  readonly opener: Pick<Opener, 'publicKey'>;
  /** This device, base64url. */
  readonly ownDev: string;
  /** It has come out of its words: there may be others that know nothing of it. */
  readonly mayHaveOthers: boolean;
  readonly inboxes: () => Promise<Pick<OwnInboxes, 'own'>>;
  readonly devices: {
    all(now: number): Promise<readonly OwnDevice[]>;
    /** @returns whether it was not known before. */
    heard(dev: string, n: number, now: number): Promise<boolean>;
  };
  readonly heldCalls: () => Promise<readonly HeldCall[]>;
  readonly callsElsewhere: {
    read(): Promise<readonly CallElsewhere[] | undefined>;
    write(calls: readonly CallElsewhere[]): Promise<void>;
  };
  readonly mail: (topicHex: string, to: Recipient, signal: Signal) => Promise<void>;
  readonly log: (event: string, facts: { readonly dropped: number }) => void;
}

export class OwnDevices {
  readonly #parts: OwnDevicesParts;
  readonly #answers = new TokenBucket(answers.atOnce, answers.perSecond);
  #counters: Promise<DeviceCounters> | undefined;
  #n = 0;
  #lookedAt = Number.NEGATIVE_INFINITY;
  /** Of the last asking of this device. */
  #nonce = '';
  #dropped = 0;

  constructor(parts: OwnDevicesParts) {
    this.#parts = parts;
  }

  /** How many words came that were nobody's: old, doubled, from this device itself, or answers that were not asked for. */
  get dropped(): number {
    return this.#dropped;
  }

  /** A person looks at the popup or the settings. @param byHand they have asked for it: also where no other device is known. */
  async look(byHand: boolean): Promise<void> {
    const { sealer, clock, devices, mayHaveOthers, callsElsewhere } = this.#parts;
    const now = clock.now();
    const known = await devices.all(now);
    if (!byHand && known.length === 0 && !mayHaveOthers) return;
    if (!byHand && now - this.#lookedAt < lookEveryMs) return;
    this.#lookedAt = now;
    this.#nonce = toBase64url(sealer.randomBytes(16));
    await callsElsewhere.write([]);
    await this.#say({
      t: 'where',
      nonce: this.#nonce,
      ...(byHand || known.length === 0 ? { asks: true as const } : {}),
    });
  }

  /** A word that an own key has signed, at the inbox of the own devices. */
  async receive(signal: Signal): Promise<void> {
    const { clock, devices, ownDev } = this.#parts;
    if (signal.dev === ownDev) return;
    this.#counters ??= devices.all(clock.now()).then((known) => new DeviceCounters(known));
    if (!(await this.#counters).isNew(signal, clock.now())) return this.#drop();
    if (signal.t === 'where') return this.#asked(signal, await devices.heard(signal.dev, signal.n, clock.now()));
    if (signal.t !== 'known' && signal.t !== 'here') return this.#drop();
    if (signal.to !== ownDev || signal.nonce !== this.#nonce) return this.#drop();
    await devices.heard(signal.dev, signal.n, clock.now());
    if (signal.t === 'here') await this.#noteCall(signal);
  }

  async #asked({ dev: to, nonce, asks }: SignalOf<'where'>, isNew: boolean): Promise<void> {
    if (!this.#answers.take(this.#parts.clock.now())) return this.#drop();
    const [held] = await this.#parts.heldCalls();
    const who = held?.contactId ? [held.contactId] : [];
    if (held?.linked) await this.#say({ t: 'here', to, nonce, who }, held.callId);
    else if (isNew || asks) await this.#say({ t: 'known', to, nonce });
  }

  async #noteCall({ dev, id: callId, who }: SignalOf<'here'>): Promise<void> {
    const { read, write } = this.#parts.callsElsewhere;
    const others = ((await read()) ?? []).filter((one) => one.dev !== dev);
    await write([...others, { dev, callId, who }]);
  }

  /** @param id of the call that it is about; of nothing, if left out. */
  async #say(body: SignalBody, id?: string): Promise<void> {
    const { sealer, clock, signer, opener, ownDev, inboxes, mail } = this.#parts;
    const { own } = await inboxes();
    if (!own) return;
    const now = clock.now();
    this.#n = Math.max(now, this.#n + 1);
    const head = { v: 1, id: id ?? toBase64url(sealer.randomBytes(16)), dev: ownDev, n: this.#n, ts: now } as const;
    const topicHex = await inboxTopic(sealer, own, signer.publicKey, epochDay(now));
    const to: { ed25519: Bytes; x25519: Bytes } = { ed25519: signer.publicKey, x25519: opener.publicKey };
    // Not awaited: a relay that hangs must not hold up whoever looks.
    void mail(topicHex, to, { ...head, ...body } as Signal).catch(() => undefined);
  }

  #drop(): void {
    this.#dropped += 1;
    if (Number.isInteger(Math.log10(this.#dropped)))
      this.#parts.log('words of own devices', { dropped: this.#dropped });
  }
}
