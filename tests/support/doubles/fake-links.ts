// A double for the media link: two ends find each other by the fingerprints in their descriptions, as DTLS would, and talk in memory.

import { type Bytes, equalBytes, toHex } from '../../../src/core/base/bytes.ts';
import {
  type ControlMessage,
  type FeatureWord,
  formatControl,
  parseControl,
} from '../../../src/core/signaling/control-message.ts';
import type { DescriptionMessage, LinkMessage, WireCandidate } from '../../../src/core/signaling/link-message.ts';
import type { LinkEvents, LinkOpening, OpenLink, RawLink } from '../../../src/link/proven/raw-link.ts';
import type { ManualClock } from './manual-clock.ts';

/** What candidates of the description for this certificate name. */
export function fragmentOf(fingerprint: Bytes): string {
  return toHex(fingerprint).slice(0, 8);
}

/** A description that passes the filter, for one certificate. */
export function fakeDescription(fingerprint: Bytes): string {
  const hex = toHex(fingerprint).toUpperCase().match(/../g)?.join(':');
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    `a=ice-ufrag:${fragmentOf(fingerprint)}`,
    `a=fingerprint:sha-256 ${hex}`,
    '',
  ].join('\r\n');
}

/** A host candidate that passes the filter; each number is another port. */
export function fakeCandidate(number: number): WireCandidate {
  return { c: `candidate:1 1 udp 2122260223 192.0.2.1 ${50_000 + number} typ host`, m: '0', i: 0 };
}

/** How an end finds its candidates: in time for its description, or only afterwards. */
type Gathering = 'at-once' | 'late';

export class FakeLink implements RawLink {
  readonly own: Bytes;
  readonly events: LinkEvents;
  /** What the other side's description and candidates said, in order. */
  readonly candidates: WireCandidate[] = [];
  expected: Bytes | undefined;
  other: FakeLink | undefined;
  closed = false;
  readonly opening: LinkOpening;
  /** How often it was asked to find a new way. */
  restarts = 0;
  /** How often it was asked to make a picture that stands by itself. */
  keyFrames = 0;
  readonly #links: FakeLinks;
  #offer: DescriptionMessage | undefined;

  constructor(links: FakeLinks, own: Bytes, opening: LinkOpening, events: LinkEvents) {
    this.#links = links;
    this.own = own;
    this.opening = opening;
    this.events = events;
    if (opening.role === 'offer') links.clock.after(5, () => this.#describe());
  }

  takeDescription(_sdp: string, fingerprint: Bytes, candidates: readonly WireCandidate[]): void {
    if (this.expected || this.closed) return;
    if (this.#links.refuses) {
      this.#links.clock.after(1, () => this.events.onFailed());
      return;
    }
    this.expected = fingerprint;
    this.candidates.push(...candidates);
    if (this.opening.role === 'answer') this.#links.clock.after(5, () => this.#describe());
    this.#links.clock.after(10, () => this.#links.meet());
  }

  take(message: LinkMessage): void {
    if (this.closed) return;
    if (message.t === 'candidates') {
      this.candidates.push(...message.c);
      this.#links.clock.after(10, () => this.#links.meet());
    } else if (message.type === 'answer') {
      if (message.r !== this.#offer?.r) return;
      this.#offer = undefined;
      this.events.onHeard();
      this.#links.newWay(this);
    } else if (this.#offer && !this.opening.isPolite) this.#say(this.#offer);
    else {
      this.#offer = undefined;
      this.#say({ ...message, type: 'answer', sdp: fakeDescription(this.own) });
      this.events.onHeard();
    }
  }

  restart(round: number): void {
    this.restarts += 1;
    this.#offer = {
      t: 'description',
      type: 'offer',
      r: round,
      fresh: false,
      sdp: fakeDescription(this.own),
      c: [fakeCandidate(round)],
    };
    this.#say(this.#offer);
  }

  renegotiate(): void {}

  offerAgain(): boolean {
    if (this.#offer) this.#say(this.#offer);
    return this.#offer !== undefined;
  }

  sendKeyFrame(): void {
    this.keyFrames += 1;
  }

  #say(message: LinkMessage): void {
    this.events.onMessage(message, this.send(message));
  }

  send(message: ControlMessage | FeatureWord): boolean {
    const { other } = this;
    if (!other || this.closed || other.closed) return false;
    if (this.#links.isMute(message)) return true;
    this.#links.clock.after(2, () => {
      if (other.closed || this.#links.isCut) return;
      const heard = parseControl(formatControl(message));
      if (!heard) return;
      if ('word' in heard) other.events.onWord(heard.word);
      else if (heard.message.t === 'description' || heard.message.t === 'candidates')
        other.events.onTold(heard.message);
      else other.events.onControl(heard.message);
    });
    return true;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const { other } = this;
    if (other)
      this.#links.clock.after(5, () => {
        if (!other.closed && !this.#links.isCut) other.events.onClosed();
      });
  }

  #describe(): void {
    if (this.closed) return;
    const found = [fakeCandidate(this.opening.role === 'offer' ? 1 : 2)];
    const late = this.#links.gathering === 'late';
    this.events.onDescription(fakeDescription(this.own), late ? [] : found);
    if (late)
      this.#links.clock.after(30, () => {
        if (!this.closed) this.events.onMessage({ t: 'candidates', u: fragmentOf(this.own), c: found }, false);
      });
  }
}

export class FakeLinks {
  readonly clock: ManualClock;
  /** Every end that was ever opened. */
  readonly all: FakeLink[] = [];
  /** How many pairs ever connected. */
  connected = 0;
  gathering: Gathering = 'at-once';
  /** The network between the two lets nothing through. */
  isBlocked = false;
  /** What was a way is none any more. */
  isCut = false;
  /** What the other side says without ever arriving. */
  isMute: (message: ControlMessage | FeatureWord) => boolean = () => false;
  /** Two ends have connected, by certificate. */
  onMeet: (one: Bytes, two: Bytes) => void = () => undefined;
  /** The browser refuses whatever description it is given. */
  refuses = false;
  /** What it takes to be connected again after a cut: a new exchange, or a new connection. */
  cure: 'restart' | 'rebuild' = 'restart';

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  opener(own: Bytes): OpenLink {
    return (opening, events) => {
      const link = new FakeLink(this, own, opening, events);
      this.all.push(link);
      return link;
    };
  }

  /** Every way between two ends is gone; both notice a moment later. */
  cut(cure: 'restart' | 'rebuild' = 'restart'): void {
    this.isCut = true;
    this.isBlocked = true;
    this.cure = cure;
    for (const link of this.all)
      if (link.other && !link.closed) this.clock.after(1_500, () => this.isCut && link.events.onInterrupted());
  }

  /** There is a way again, though not the one that was: it has to be found. */
  mend(): void {
    this.isBlocked = false;
  }

  /** The other side answered an offer for a new way. */
  newWay(link: FakeLink): void {
    const { other } = link;
    if (this.isBlocked || this.cure !== 'restart' || !other || other.closed) return;
    this.clock.after(10, () => {
      this.isCut = false;
      for (const end of [link, other]) if (!end.closed) end.events.onConnected();
    });
  }

  /** Two ends connect when each expects the other's certificate and one of them at least can reach the other. */
  meet(): void {
    if (this.isBlocked) return;
    const free = this.all.filter((link) => !link.closed && !link.other && link.expected);
    for (const one of free)
      for (const two of free) {
        if (one === two || one.other || two.other) continue;
        if (one.expected && two.expected && equalBytes(one.expected, two.own) && equalBytes(two.expected, one.own))
          if (one.candidates.length > 0 || two.candidates.length > 0) this.#connect(one, two);
      }
  }

  #connect(one: FakeLink, two: FakeLink): void {
    one.other = two;
    two.other = one;
    this.connected += 1;
    this.isCut = false;
    this.onMeet(one.own, two.own);
    for (const end of [one, two]) {
      end.events.onConnected();
      end.events.onControlOpen();
    }
  }
}
