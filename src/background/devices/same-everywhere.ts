// Keeps contacts, settings and history the same on all devices of the person (docs/protocol.md#kept-the-same): says that there is news when something
// was changed here, asks whoever has other entries, and brings what was asked for, sealed to a key that lives for a minute.
import { fromBase64url, toBase64url, utf8 } from '../../core/base/bytes.ts';
import { keepLatest } from '../../core/base/keep-latest.ts';
import type { Clock, Opener, Sealer } from '../../core/base/ports.ts';
import { TokenBucket } from '../../core/base/token-bucket.ts';
import { type Digests, differing, digestsOf } from '../../core/devices/entry-digest.ts';
import { formatEntry, type KeptEntry, maxEntryLength, parseEntry } from '../../core/devices/kept-entry.ts';
import type { OwnWordBody, OwnWordOf } from '../../core/devices/own-word.ts';

/** Changes that come one after the other are told together, and so often at most. */
const togetherMs = 1_500;
const newsEveryMs = 5_000;
/** Questions to others, and those of others that are answered: at once, and then each second. */
const questions = { atOnce: 12, perSecond: 0.2 };
/** What was asked for comes within this; of many questions the latest count. One device is asked so often. */
const waitsMs = 60_000;
const mostAsked = 8;
const askEveryMs = 3_000;
/** Bytes of entries in one envelope, unless a single one is longer; and envelopes in one go. */
const bytesTogether = 15_000;
const mostBytes = 31_000;
const mostEnvelopes = 64;

interface EntriesHere {
  /** Takes note of what has changed here. @returns whether anything has. */
  look(now: number): Promise<boolean>;
  all(): Promise<ReadonlyMap<string, KeptEntry>>;
  /** @returns whether anything came of it here. */
  take(given: readonly { readonly key: string; readonly entry: KeptEntry }[], now: number): Promise<boolean>;
}

export interface SameEverywhereParts {
  readonly sealer: Pick<Sealer, 'sha256' | 'generateOpener' | 'randomBytes'>;
  readonly clock: Clock;
  readonly entries: EntriesHere;
  /** Whether there is another device to tell. */
  readonly hasOthers: () => Promise<boolean>;
  /** @param id what it is about. @param ek to which key it is sealed; the own static one, if left out. Resolves when a relay has it, or none takes it. */
  readonly say: (body: OwnWordBody, id: string, ek?: string) => Promise<void>;
  /** Contacts, settings or history have been changed from elsewhere. */
  readonly onTaken: () => Promise<void>;
  /** A word was nobody's. */
  readonly onDropped: () => void;
  readonly fault: (what: string, error: unknown) => void;
}

export class SameEverywhere {
  readonly #parts: SameEverywhereParts;
  readonly #asking = new TokenBucket(questions.atOnce, questions.perSecond);
  readonly #answering = new TokenBucket(questions.atOnce, questions.perSecond);
  /** What was asked for, by the id of the question. */
  readonly #asked = new Map<string, { readonly dev: string; readonly opener: Opener; left: number }>();
  /** When each device was asked last, and which of them are to be asked again. */
  readonly #askedAt = new Map<string, number>();
  readonly #again = new Map<string, () => void>();
  #newsAt = Number.NEGATIVE_INFINITY;
  #cancelNews: (() => void) | undefined;
  /** Something has changed here of which others do not know yet, whoever has noticed it. */
  #hasNews = false;
  #isClosed = false;

  constructor(parts: SameEverywhereParts) {
    this.#parts = parts;
  }

  /** Keys to which what was asked for is sealed. */
  get openers(): readonly Opener[] {
    return [...this.#asked.values()].map(({ opener }) => opener);
  }

  /** Something may have changed here. It is told once it has been quiet for a moment. */
  changed(): void {
    if (this.#isClosed || this.#cancelNews) return;
    const { clock, fault } = this.#parts;
    const afterMs = Math.max(togetherMs, this.#newsAt + newsEveryMs - clock.now());
    this.#cancelNews = clock.after(afterMs, () => {
      this.#cancelNews = undefined;
      this.#tell().catch((error: unknown) => fault('news for own devices', error));
    });
  }

  /** The digest of everything here, as words carry it. */
  async digest(): Promise<string> {
    return toBase64url((await this.#look()).digests.all);
  }

  /** Another device has said what it has. */
  async heard(dev: string, h: string): Promise<void> {
    if (this.#isClosed) return;
    const { clock, fault } = this.#parts;
    const inMs = (this.#askedAt.get(dev) ?? Number.NEGATIVE_INFINITY) + askEveryMs - clock.now();
    this.#again.get(dev)?.();
    this.#again.delete(dev);
    if (inMs > 0) {
      const later = () => void this.heard(dev, h).catch((error: unknown) => fault('news of own devices', error));
      this.#again.set(dev, clock.after(inMs, later));
      return;
    }
    const { digests } = await this.#look();
    if (toBase64url(digests.all) !== h) await this.#ask(dev, digests, false);
  }

  /** Another device asks for what it lacks. */
  async wanted({ dev, id, ek, b, back }: OwnWordOf<'want'>): Promise<void> {
    const { clock, say, onDropped } = this.#parts;
    const theirs = fromBase64url(b);
    if (!theirs || !this.#answering.take(clock.now())) return onDropped();
    const { all, digests } = await this.#look();
    const keys = differing(all.keys(), digests.each, theirs);
    if (toBase64url(digests.each) === b) return;
    // What they have that we lack is asked for as well, once: a question back is answered, and not asked back again.
    if (!back) await this.#ask(dev, digests, true);
    for (const e of envelopes(keys.map((key) => formatEntry(key, all.get(key) ?? {}))))
      await say({ t: 'entries', to: dev, e }, id, ek);
  }

  /** What was asked for. */
  async brought({ dev, id, e }: OwnWordOf<'entries'>): Promise<void> {
    const { clock, entries, onTaken, onDropped } = this.#parts;
    const asked = this.#asked.get(id);
    if (asked?.dev !== dev || asked.left-- <= 0) return onDropped();
    const now = clock.now();
    const read = e.flatMap((text) => parseEntry(text, now) ?? []);
    if (read.length < e.length) onDropped();
    await this.#note();
    if (await entries.take(read, now)) await onTaken();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelNews?.();
    for (const cancel of this.#again.values()) cancel();
  }

  async #tell(): Promise<void> {
    const { clock, sealer, hasOthers, say } = this.#parts;
    if (!(await hasOthers())) return;
    await this.#note();
    if (!this.#hasNews) return;
    this.#hasNews = false;
    this.#newsAt = clock.now();
    await say({ t: 'news', h: await this.digest() }, toBase64url(sealer.randomBytes(16)));
  }

  async #note(): Promise<void> {
    const { clock, entries } = this.#parts;
    if (await entries.look(clock.now())) this.#hasNews = true;
  }

  async #look(): Promise<{ readonly all: ReadonlyMap<string, KeptEntry>; readonly digests: Digests }> {
    const { sealer, entries } = this.#parts;
    await this.#note();
    const all = new Map([...(await entries.all())].filter(([key, entry]) => fits(formatEntry(key, entry))));
    return { all, digests: await digestsOf(sealer, all) };
  }

  async #ask(dev: string, { each }: Digests, back: boolean): Promise<void> {
    const { sealer, clock, say } = this.#parts;
    if (this.#isClosed || !this.#asking.take(clock.now())) return;
    this.#askedAt.set(dev, clock.now());
    const id = toBase64url(sealer.randomBytes(16));
    const opener = await sealer.generateOpener();
    this.#asked.set(id, { dev, opener, left: mostEnvelopes });
    keepLatest(this.#asked, mostAsked);
    clock.after(waitsMs, () => void this.#asked.delete(id));
    const ek = toBase64url(opener.publicKey);
    await say({ t: 'want', to: dev, ek, b: toBase64url(each), ...(back ? { back: true as const } : {}) }, id);
  }
}

const bytesOf = (text: string): number => utf8(JSON.stringify(text)).length + 1;
const fits = (text: string): boolean => text.length <= maxEntryLength && bytesOf(text) <= mostBytes;

/** Entries as they go together. */
function envelopes(texts: readonly string[]): readonly string[][] {
  const all: string[][] = [];
  let room = 0;
  for (const text of texts) {
    const bytes = bytesOf(text);
    if (bytes > room || all.at(-1)?.length === 128) {
      all.push([]);
      room = bytesTogether;
    }
    all.at(-1)?.push(text);
    room -= bytes;
  }
  return all.slice(0, mostEnvelopes);
}
