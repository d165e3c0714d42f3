// What the devices with the same words say to each other over the inbox that they share (docs/protocol.md#own-devices): whether they are there,
// whether a call goes on, and what was changed. Says nothing by itself: a person looks or changes something, here or there.
import { fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Opener, Sealer, Signer } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import type { CallElsewhere, HeldCall } from '../../core/call/requests.ts';
import { DeviceCounters, type OwnDevice } from '../../core/devices/own-device.ts';
import type { OwnWord, OwnWordBody } from '../../core/devices/own-word.ts';
import type { OwnInboxes } from '../../core/identity/inboxes.ts';
import { epochDay, inboxTopic } from '../../core/identity/topics.ts';
import type { Recipient } from '../../core/signaling/mail.ts';
import type { Signal, SignalBody, SignalOf } from '../../core/signaling/signal.ts';

import { SameEverywhere, type SameEverywhereParts } from './same-everywhere.ts';

/** Whoever opens the popup again and again asks once in this time. */
const lookEveryMs = 10_000;
/** Answers to others: at once, and then each second. */
const answers = { atOnce: 6, perSecond: 0.1 };

export interface OwnDevicesParts extends Pick<SameEverywhereParts, 'entries' | 'onTaken' | 'fault'> {
  readonly sealer: Pick<Sealer, 'hkdfSha256' | 'randomBytes' | 'sha256' | 'generateOpener'>;
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
  readonly mail: (topicHex: string, to: Recipient, signal: Signal | OwnWord) => Promise<void>;
  readonly log: (event: string, facts: { readonly dropped: number }) => void;
}

export class OwnDevices {
  readonly same: SameEverywhere;
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
    this.same = new SameEverywhere({
      ...parts,
      hasOthers: async () => (await parts.devices.all(parts.clock.now())).length > 0,
      say: (body, id, ek) => this.#say(body, id, ek),
      onDropped: () => this.#drop(),
    });
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
    const asks = byHand || known.length === 0 ? { asks: true as const } : {};
    const h = await this.same.digest();
    // Not awaited: a relay that hangs must not hold up whoever looks.
    void this.#say({ t: 'where', nonce: this.#nonce, ...asks, h });
  }

  /** A word that an own key has signed, at the inbox of the own devices. */
  async receive(signal: Signal | OwnWord): Promise<void> {
    const { clock, devices, ownDev } = this.#parts;
    if (signal.dev === ownDev) return;
    this.#counters ??= devices.all(clock.now()).then((known) => new DeviceCounters(known));
    if (!(await this.#counters).isNew(signal, clock.now())) return this.#drop();
    const hear = () => devices.heard(signal.dev, signal.n, clock.now());
    switch (signal.t) {
      case 'where':
        await this.#asked(signal, await hear());
        return signal.h === undefined ? undefined : this.same.heard(signal.dev, signal.h);
      case 'known':
      case 'here':
        if (signal.to !== ownDev || signal.nonce !== this.#nonce) return this.#drop();
        await hear();
        return signal.t === 'here' ? this.#noteCall(signal) : undefined;
      case 'news':
        await hear();
        return this.same.heard(signal.dev, signal.h);
      case 'want':
        if (signal.to !== ownDev) return;
        await hear();
        return this.same.wanted(signal);
      case 'entries':
        return signal.to === ownDev ? this.same.brought(signal) : undefined;
      default:
        return this.#drop();
    }
  }

  async #asked({ dev: to, nonce, asks }: SignalOf<'where'>, isNew: boolean): Promise<void> {
    if (!this.#answers.take(this.#parts.clock.now())) return this.#drop();
    const [held] = await this.#parts.heldCalls();
    const who = held?.contactId ? [held.contactId] : [];
    if (held?.linked) void this.#say({ t: 'here', to, nonce, who, ...held.outlook }, held.callId);
    else if (isNew || asks) void this.#say({ t: 'known', to, nonce });
  }

  async #noteCall({ dev, id: callId, who, stays, loses }: SignalOf<'here'>): Promise<void> {
    const { read, write } = this.#parts.callsElsewhere;
    const others = ((await read()) ?? []).filter((one) => one.dev !== dev);
    const outlook = { ...(stays && { stays }), ...(loses && { loses }) };
    await write([...others, { dev, callId, who, outlook }]);
  }

  /** @param id of what it is about; of nothing, if left out. @param ek to which key it is sealed, base64url; to the own one, if left out. */
  async #say(body: SignalBody | OwnWordBody, id?: string, ek?: string): Promise<void> {
    const { sealer, clock, signer, opener, ownDev, inboxes, mail } = this.#parts;
    const { own } = await inboxes();
    if (!own) return;
    const now = clock.now();
    this.#n = Math.max(now, this.#n + 1);
    const head = { v: 1, id: id ?? toBase64url(sealer.randomBytes(16)), dev: ownDev, n: this.#n, ts: now } as const;
    const topicHex = await inboxTopic(sealer, own, signer.publicKey, epochDay(now));
    const x25519 = (ek === undefined ? undefined : fromBase64url(ek)) ?? opener.publicKey;
    await mail(topicHex, { ed25519: signer.publicKey, x25519 }, { ...head, ...body } as Signal | OwnWord).catch(
      () => undefined,
    );
  }

  #drop(): void {
    this.#dropped += 1;
    if (Number.isInteger(Math.log10(this.#dropped)))
      this.#parts.log('words of own devices', { dropped: this.#dropped });
  }
}
