// A link that has to prove whose it is: both sides greet with the hash of the call's transcript before anything else is believed.
// Carries the goodbye, and the words of features without knowing any. Same for caller and callee.
import { type Bytes, equalBytes, fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { CallEvent } from '../../core/call/call-machine.ts';
import { type CallTranscript, sasEmoji, transcriptHash } from '../../core/identity/call-security.ts';
import type { SasEmoji } from '../../core/identity/sas-emoji.ts';
import type { CallWord, FeatureWord } from '../../core/signaling/control-message.ts';
import type { LinkMessage, WireCandidate } from '../../core/signaling/link-message.ts';
import type { ControlWords, WordCarrier } from './control-words.ts';
import { LastingLink, type RelayWay } from './lasting-link.ts';
import { LatestWord } from './latest-word.ts';
import type { OpenLink } from './raw-link.ts';

export interface SecuredLinkParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** What features say over this link. */
  readonly words: ControlWords;
  readonly dispatch: (event: CallEvent) => void;
  readonly onDescription: (sdp: string, candidates: readonly WireCandidate[]) => void;
  /** The way back where the data channel is cut. */
  readonly relays: RelayWay;
  /** `isQuantumSafe`: the call was begun with the callee's ML-KEM-768 key. */
  readonly onEmoji: (emoji: readonly SasEmoji[], isQuantumSafe: boolean) => void;
  /** Both sides hold the same transcript: the relays are not needed any more. */
  readonly onProven: () => void;
}

/** The greeting is said again this often until it is known to be taken. */
const greetAgainMs = 1_000;
const mostGreetings = 40;
/** Words that overtake what we need to check the greeting before them. More than anybody has to say by then. */
const maxEarlyWords = 16;
/** A greeting that is said again is answered this often at most; an honest one comes once a second. */
const answerEveryMs = 500;

const goodbyes: Readonly<Record<Extract<CallWord, { t: 'bye' }>['why'], CallEvent>> = {
  'hung-up': { event: 'bye' },
  moved: { event: 'bye', moved: true },
  security: { event: 'security-failed', check: 'told' },
};

export class SecuredLink {
  readonly #parts: SecuredLinkParts;
  readonly #link: LastingLink;
  #hash: Bytes | undefined;
  #controlOpen = false;
  #greeted = false;
  #proven = false;
  /** The other side has greeted on the present connection. */
  #isProvenHere = false;
  #isUp = false;
  /** The other side has proven us as well. */
  #isTaken = false;
  #greetings = 0;
  #cancelGreeting: (() => void) | undefined;
  #isClosed = false;
  /** The greeting, and what was said after it, before our hash was there. */
  #early: (() => void)[] = [];
  readonly #answers: LatestWord<undefined>;
  readonly #carrier: WordCarrier;

  constructor(openLink: OpenLink, role: 'offer' | 'answer', parts: SecuredLinkParts) {
    this.#parts = parts;
    const { clock } = parts;
    this.#answers = new LatestWord(clock, answerEveryMs, () => this.#answerGreeting());
    this.#link = new LastingLink({
      clock: parts.clock,
      openLink,
      role,
      relays: parts.relays,
      events: {
        onDescription: parts.onDescription,
        onUp: () => {
          this.#isUp = true;
          this.#tellUp();
        },
        onInterrupted: () => {
          this.#isUp = false;
          parts.dispatch({ event: 'link-interrupted' });
        },
        onReplaced: () => {
          this.#isUp = false;
          this.#isProvenHere = false;
          this.#isTaken = false;
          this.#answers.reset();
        },
        onFailed: () => parts.dispatch({ event: 'link-failed' }),
        onClosed: () => parts.dispatch({ event: 'bye' }),
        onForgery: () => parts.dispatch({ event: 'security-failed', check: 'certificate' }),
        onControlOpen: () => {
          this.#controlOpen = true;
          // A new connection begins as the first one did: with the greeting.
          this.#greeted = false;
          this.#greetings = 0;
          parts.words.opened();
          this.#greet();
        },
        onControl: (message) => this.#heard(message),
        onWord: (word) => this.#heardWord(word),
      },
    });
    const transcript = () => this.#hash;
    this.#carrier = {
      isOpen: (isPersonal) => (isPersonal ? this.#proven : this.#greeted),
      send: (word) => this.#link.send(word),
      get transcript() {
        return transcript();
      },
    };
    parts.words.carry(this.#carrier);
  }

  takeDescription(sdp: string, fingerprint: Bytes, candidates: readonly WireCandidate[]): void {
    this.#link.takeDescription(sdp, fingerprint, candidates);
  }

  /** What the other side says about the link over a relay. */
  take(message: LinkMessage): void {
    this.#link.take(message);
  }

  /** A relay listens for us. */
  relayUp(): void {
    this.#link.relayUp();
  }

  /** All that both sides have committed to is known: the emoji can be shown and the greeting sent. */
  async secure(transcript: CallTranscript): Promise<void> {
    const [hash, emoji] = await Promise.all([
      transcriptHash(this.#parts.sealer, transcript),
      sasEmoji(this.#parts.sealer, transcript),
    ]);
    this.#hash = hash;
    this.#parts.onEmoji(emoji, transcript.quantumKeyB !== undefined);
    this.#greet();
    const early = this.#early;
    this.#early = [];
    for (const hear of early) hear();
  }

  sayBye(why: 'hung-up' | 'security' | 'moved'): boolean {
    return this.#link.send({ t: 'bye', why });
  }

  close(): void {
    this.#cancelGreeting?.();
    this.#isClosed = true;
    this.#answers.reset();
    this.#parts.words.drop(this.#carrier);
    this.#link.close();
  }

  #greet(): void {
    if (this.#isClosed || !this.#controlOpen || !this.#hash || this.#greeted) return;
    this.#sayHello(this.#hash);
  }

  /** What was said while the way was cut, or came too early for the other side, may not have been heard: it is said until it has been. */
  #sayHello(hash: Bytes): void {
    this.#greetings += 1;
    this.#greeted = this.#link.send({ t: 'hello', h: toBase64url(hash) });
    for (const word of this.#parts.words.greetings) this.#link.send(word);
    this.#cancelGreeting?.();
    this.#cancelGreeting = this.#parts.clock.after(greetAgainMs, () => {
      const isHeard = this.#greeted && this.#isTaken;
      if (!isHeard && this.#greetings < mostGreetings) this.#sayHello(hash);
    });
  }

  /** Connected is only what is proven: until then something is up, and nobody knows what. */
  #tellUp(): void {
    if (!this.#isUp) return;
    const { dispatch, clock } = this.#parts;
    dispatch(this.#isProvenHere ? { event: 'link-connected', at: clock.now() } : { event: 'link-up' });
  }

  #heard(message: CallWord): void {
    if (!this.#hash) {
      this.#keepEarly(() => this.#heard(message));
      return;
    }
    if (message.t === 'hello') {
      const theirs = fromBase64url(message.h);
      if (!theirs || !equalBytes(theirs, this.#hash)) {
        this.#parts.dispatch({ event: 'security-failed', check: 'transcript' });
        return;
      }
      const isFirst = !this.#proven;
      this.#proven = true;
      if (!this.#isProvenHere) {
        this.#isProvenHere = true;
        this.#tellUp();
      }
      if (isFirst) this.#parts.onProven();
      this.#answers.take(undefined);
      return;
    }
    // Nothing is believed before the greeting.
    if (!this.#proven) return;
    if (message.t === 'heard') this.#isTaken = true;
    else this.#parts.dispatch(goodbyes[message.why]);
  }

  #heardWord(word: FeatureWord): void {
    const hear = this.#parts.words.read(word);
    if (!hear) return;
    const hearProven = (): void => {
      if (this.#proven) hear();
    };
    if (this.#hash) hearProven();
    else this.#keepEarly(hearProven);
  }

  #keepEarly(hear: () => void): void {
    if (this.#early.length < maxEarlyWords) this.#early.push(hear);
  }

  #answerGreeting(): void {
    // By it the other side knows that its greeting was taken.
    this.#link.send({ t: 'heard' });
    this.#parts.words.greeted();
  }
}
