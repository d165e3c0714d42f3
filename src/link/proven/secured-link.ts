// A link that has to prove whose it is: both sides greet with the hash of the call's transcript before anything else is believed.
// Carries mute states and the goodbye. Same for caller and callee.
import { type Bytes, equalBytes, fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { CallEvent } from '../../core/call/call-machine.ts';
import { type CallTranscript, sasEmoji, transcriptHash } from '../../core/identity/call-security.ts';
import type { SasEmoji } from '../../core/identity/sas-emoji.ts';
import type { PicturePart, ShownSize } from '../../core/media/shown-size.ts';
import type { CallWord, Card, MediaState, QualityReport } from '../../core/signaling/control-message.ts';
import type { LinkMessage, WireCandidate } from '../../core/signaling/link-message.ts';
import { LastingLink, type RelayWay } from './lasting-link.ts';
import { LatestWord } from './latest-word.ts';
import type { OpenLink } from './raw-link.ts';

export interface SecuredLinkParts {
  readonly sealer: Sealer;
  readonly clock: Clock;
  /** What the other side may have to reach us by after this call; undefined for nothing. Asked for once the call is proven. */
  readonly ownCard: () => Promise<Card | undefined>;
  /** Which of the own devices are on now. */
  readonly ownMedia: () => MediaState;
  readonly dispatch: (event: CallEvent) => void;
  readonly onDescription: (sdp: string, candidates: readonly WireCandidate[]) => void;
  /** The way back where the data channel is cut. */
  readonly relays: RelayWay;
  readonly onEmoji: (emoji: readonly SasEmoji[]) => void;
  readonly onRemoteMedia: (media: MediaState) => void;
  /** How the other side sees the link. */
  readonly onRemoteQuality: (report: QualityReport) => void;
  /** How large the other side shows our picture. */
  readonly onRemoteView?: (part: PicturePart, size: ShownSize) => void;
  /** Both sides hold the same transcript: the relays are not needed any more. */
  readonly onProven: () => void;
  /** The other side has proven itself on the present connection: the first one, or one that took its place. */
  readonly onGreeted: () => void;
  /** The other side told how it can be reached after this call. */
  readonly onCard: (card: Card) => void;
  /** The other side has written down the inbox that it was told. */
  readonly onKept: (inbox: Bytes) => void;
  readonly onTrack: (track: MediaStreamTrack, isScreen: boolean) => void;
}

/** The greeting is said again this often until it is known to be taken. */
const greetAgainMs = 1_000;
const mostGreetings = 40;
/** Words that overtake what we need to check the greeting before them. More than anybody has to say by then. */
const maxEarlyWords = 16;
/** What the other side says of its state is taken this often at most, the latest of it. */
const stateEveryMs = 100;
/** A greeting that is said again is answered this often at most; an honest one comes once a second. */
const answerEveryMs = 500;
/** How they can be reached is written to the disk, and so is what they have written down of us. */
const cardEveryMs = 2_000;

type CardWord = Extract<CallWord, { t: 'card' }>;

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
  /** The card that was said on this connection, as text. */
  #saidCard = '';
  #greetings = 0;
  #cancelGreeting: (() => void) | undefined;
  #isClosed = false;
  /** The greeting, and what was said after it, before our hash was there. */
  #early: CallWord[] = [];
  readonly #media: LatestWord<MediaState>;
  readonly #quality: LatestWord<QualityReport>;
  readonly #views: Readonly<Record<PicturePart, LatestWord<ShownSize>>>;
  readonly #answers: LatestWord<undefined>;
  readonly #cards: LatestWord<CardWord>;
  readonly #kept: LatestWord<string>;
  /** The card that was heard on this connection, as text. */
  #knownCard = '';

  constructor(openLink: OpenLink, role: 'offer' | 'answer', parts: SecuredLinkParts) {
    this.#parts = parts;
    const { clock } = parts;
    const view = (part: PicturePart) =>
      new LatestWord<ShownSize>(clock, stateEveryMs, (size) => parts.onRemoteView?.(part, size));
    this.#media = new LatestWord(clock, stateEveryMs, parts.onRemoteMedia);
    this.#quality = new LatestWord(clock, stateEveryMs, parts.onRemoteQuality);
    this.#views = { person: view('person'), screen: view('screen') };
    this.#answers = new LatestWord(clock, answerEveryMs, () => this.#answerGreeting());
    this.#cards = new LatestWord(clock, cardEveryMs, (card) => this.#learnCard(card));
    this.#kept = new LatestWord(clock, cardEveryMs, (inbox) => this.#learnKept(inbox));
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
          this.#saidCard = '';
          this.#knownCard = '';
          this.#greet();
        },
        onControl: (message) => this.#heard(message),
        onTrack: parts.onTrack,
      },
    });
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
    this.#parts.onEmoji(emoji);
    this.#greet();
    const early = this.#early;
    this.#early = [];
    for (const word of early) this.#heard(word);
  }

  /** Tells the other side that one of our devices went on or off. The greeting tells the state at its time by itself. */
  tellMedia(media: MediaState): void {
    if (this.#greeted) this.#link.send({ t: 'media', ...media });
  }

  /** Tells the other side how we see the link. @returns whether it was told. */
  tellQuality(report: QualityReport): boolean {
    return this.#greeted && this.#link.send({ t: 'quality', ...report });
  }

  /** Tells the other side how large we show its picture, or its screen. @returns whether it was told. */
  tellView(part: PicturePart, { width, height }: ShownSize): boolean {
    return this.#greeted && this.#link.send({ t: 'view', ...(part === 'screen' && { of: part }), w: width, h: height });
  }

  /** Tells how we can be reached, unless the other side was told the same before. Nothing is told before the other side is proven. */
  async tellCard(): Promise<void> {
    if (!this.#proven || this.#isClosed) return;
    const card = await this.#parts.ownCard();
    if (!card || this.#isClosed) return;
    const word = { t: 'card' as const, link: card.link, ...(card.inbox && { inbox: toBase64url(card.inbox) }) };
    const text = JSON.stringify(word);
    if (text !== this.#saidCard && this.#link.send(word)) this.#saidCard = text;
  }

  /** Tells that their inbox is written down. */
  tellKept(inbox: Bytes): void {
    if (this.#proven) this.#link.send({ t: 'kept', inbox: toBase64url(inbox) });
  }

  sayBye(why: 'hung-up' | 'security'): boolean {
    return this.#link.send({ t: 'bye', why });
  }

  close(): void {
    this.#cancelGreeting?.();
    this.#isClosed = true;
    const waiting = [this.#media, this.#quality, this.#views.person, this.#views.screen, this.#answers];
    for (const words of [...waiting, this.#cards, this.#kept]) words.reset();
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
    this.#link.send({ t: 'media', ...this.#parts.ownMedia() });
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
      if (this.#early.length < maxEarlyWords) this.#early.push(message);
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
    else if (message.t === 'card') this.#cards.take(message);
    else if (message.t === 'kept') this.#kept.take(message.inbox);
    else if (message.t === 'media') this.#media.take(message);
    else if (message.t === 'quality') {
      const { t: _t, ...report } = message;
      this.#quality.take(report);
    } else if (message.t === 'view') this.#views[message.of ?? 'person'].take({ width: message.w, height: message.h });
    else if (message.t === 'bye')
      this.#parts.dispatch(message.why === 'security' ? { event: 'security-failed', check: 'told' } : { event: 'bye' });
  }

  #answerGreeting(): void {
    // By it the other side knows that its greeting was taken.
    this.#link.send({ t: 'heard' });
    this.#parts.onGreeted();
    void this.tellCard();
  }

  #learnCard({ link, inbox: text }: CardWord): void {
    const card = JSON.stringify([link, text]);
    if (card === this.#knownCard) return;
    this.#knownCard = card;
    const inbox = fromBase64url(text ?? '');
    this.#parts.onCard({ link, ...(inbox?.length === 16 && { inbox }) });
  }

  #learnKept(text: string): void {
    const inbox = fromBase64url(text);
    if (inbox) this.#parts.onKept(inbox);
  }
}
