// A double for the media link: two ends find each other by the fingerprints in their descriptions, as DTLS would, and talk in memory.

import type { LinkEvents, OpenLink, RawLink } from '../../src/call/raw-link.ts';
import { type Bytes, equalBytes, toHex } from '../../src/core/bytes.ts';
import type { ControlMessage } from '../../src/core/control-message.ts';
import type { ManualClock } from './manual-clock.ts';

/** A description that passes the filter, for one certificate. */
function fakeDescription(fingerprint: Bytes): string {
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

class FakeLink implements RawLink {
  readonly own: Bytes;
  readonly events: LinkEvents;
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
    this.#links.clock.after(10, () => this.#links.meet(this));
  }

  takeCandidates(): void {}

  send(message: ControlMessage): boolean {
    const { other } = this;
    if (!other || this.closed || other.closed) return false;
    this.#links.clock.after(2, () => {
      if (!other.closed) other.events.onControl(message);
    });
    return true;
  }

  close(): void {
    this.closed = true;
  }

  #describe(): void {
    if (!this.closed) this.events.onDescription(fakeDescription(this.own), []);
  }
}

export class FakeLinks {
  readonly clock: ManualClock;
  readonly #all: FakeLink[] = [];
  /** How many pairs ever connected. */
  connected = 0;

  constructor(clock: ManualClock) {
    this.clock = clock;
  }

  opener(own: Bytes): OpenLink {
    return (role, events) => {
      const link = new FakeLink(this, own, role, events);
      this.#all.push(link);
      return link;
    };
  }

  /** Two ends connect when each expects the other's certificate. */
  meet(one: FakeLink): void {
    const fits = (a: FakeLink, b: FakeLink): boolean => a.expected !== undefined && equalBytes(a.expected, b.own);
    const other = this.#all.find((two) => two !== one && !two.closed && !two.other && fits(one, two) && fits(two, one));
    if (!other || one.closed || one.other) return;
    one.other = other;
    other.other = one;
    this.connected += 1;
    for (const end of [one, other]) {
      end.events.onConnected();
      end.events.onControlOpen();
    }
  }
}
