// A double for the media link: two ends find each other by the fingerprints in their descriptions, as DTLS would, and talk in memory.

import type { LinkEvents, OpenLink, RawLink } from '../../src/call/raw-link.ts';
import { type Bytes, equalBytes, toHex } from '../../src/core/bytes.ts';
import type { ControlMessage } from '../../src/core/control-message.ts';
import type { WireCandidate } from '../../src/core/signal.ts';
import type { ManualClock } from './manual-clock.ts';

/** A description that passes the filter, for one certificate. */
export function fakeDescription(fingerprint: Bytes): string {
  const hex = toHex(fingerprint).toUpperCase().match(/../g)?.join(':');
  return [
    'v=0',
    'o=- 1 1 IN IP4 0.0.0.0',
    's=-',
    't=0 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
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
  readonly #links: FakeLinks;
  readonly #role: 'offer' | 'answer';

  constructor(links: FakeLinks, own: Bytes, role: 'offer' | 'answer', events: LinkEvents) {
    this.#links = links;
    this.own = own;
    this.#role = role;
    this.events = events;
    if (role === 'offer') links.clock.after(5, () => this.#describe());
  }

  takeDescription(_sdp: string, fingerprint: Bytes): void {
    if (this.expected || this.closed) return;
    this.expected = fingerprint;
    if (this.#role === 'answer') this.#links.clock.after(5, () => this.#describe());
    this.#links.clock.after(10, () => this.#links.meet());
  }

  takeCandidates(candidates: readonly WireCandidate[]): void {
    this.candidates.push(...candidates);
    this.#links.clock.after(10, () => this.#links.meet());
  }

  send(message: ControlMessage): boolean {
    const { other } = this;
    if (!other || this.closed || other.closed) return false;
    this.#links.clock.after(2, () => {
      if (!other.closed) other.events.onControl(message);
    });
    return true;
  }

  close(): void {
    if (this.closed) return;
    this.closed = true;
    const { other } = this;
    if (other)
      this.#links.clock.after(5, () => {
        if (!other.closed) other.events.onClosed();
      });
  }

  #describe(): void {
    if (this.closed) return;
    const found = [fakeCandidate(this.#role === 'offer' ? 1 : 2)];
    const late = this.#links.gathering === 'late';
    this.events.onDescription(fakeDescription(this.own), late ? [] : found);
    if (late)
      this.#links.clock.after(30, () => {
        if (!this.closed) this.events.onCandidates(found);
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

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  opener(own: Bytes): OpenLink {
    return (role, events) => {
      const link = new FakeLink(this, own, role, events);
      this.all.push(link);
      return link;
    };
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
    for (const end of [one, two]) {
      end.events.onConnected();
      end.events.onControlOpen();
    }
  }
}
