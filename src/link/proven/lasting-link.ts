// A link that outlives what happens to networks: runs the link machine, finds its way back over the data channel and the relays, and
// takes a new connection where the old one cannot be saved. Knows neither simple-peer nor what is said over the link.
import { assertNever } from '../../core/base/assert-never.ts';
import { type Bytes, equalBytes } from '../../core/base/bytes.ts';
import type { Clock } from '../../core/base/ports.ts';
import { type LinkEffect, type LinkEvent, type LinkState, stepLink } from '../../core/call/link-machine.ts';
import type { ControlMessage, FeatureWord } from '../../core/signaling/control-message.ts';
import {
  type DescriptionMessage,
  type LinkMessage,
  usernameFragment,
  type WireCandidate,
} from '../../core/signaling/link-message.ts';
import { checkDescription, compactDescription, expandDescription } from '../../core/signaling/sdp-filter.ts';
import { candidatesThatFit } from '../../core/signaling/signal.ts';
import { PeerLimits } from './peer-limits.ts';
import type { LinkEvents, OpenLink, RawLink } from './raw-link.ts';

/** The way over relays, which the call leaves once it is up and comes back to when it has to. */
export interface RelayWay {
  say(message: LinkMessage): void;
  /** Listens again, if it does not; `fresh`: over new sockets in any case. `LastingLink.relayUp` hears when a relay listens. */
  join(fresh: boolean): void;
  leave(): void;
}

export interface LastingLinkParts {
  readonly clock: Clock;
  readonly openLink: OpenLink;
  /** The part in the first exchange; who offers is the impolite one of the whole call. */
  readonly role: 'offer' | 'answer';
  readonly relays: RelayWay;
  readonly events: Pick<LinkEvents, 'onDescription' | 'onFailed' | 'onForgery' | 'onControl' | 'onWord'> & {
    /** Up for the first time, or again. */
    onUp(): void;
    onInterrupted(): void;
    /** A new connection takes the place of the last: whoever is at its end has to prove it again. */
    onReplaced(): void;
    onClosed(): void;
    /** The channel of the first connection, or of a new one, is open. */
    onControlOpen(): void;
  };
}

export class LastingLink {
  readonly #parts: LastingLinkParts;
  readonly #timers = new Map<'retry-due' | 'relays-idle', () => void>();
  #link: RawLink;
  #state: LinkState = { state: 'negotiating' };
  #openings = 0;
  #isNegotiationDue = false;
  /** The connection that was up last, while a new one takes its place. */
  #former: RawLink | undefined;
  #fingerprint: Bytes | undefined;
  /** The highest number of any offer so far, of either side. */
  #round = 0;
  /** A new connection of ours that waits for its answer: the number of its offer, and the offer itself once it is made. */
  #fresh: { readonly round: number; offer?: DescriptionMessage } | undefined;
  /** The number of the exchange that made the present connection. */
  #settled = 0;
  /** The other side's new connection that was taken last, with our answer. */
  #freshTaken: { readonly round: number; answer?: DescriptionMessage } = { round: 0 };
  readonly #limits: PeerLimits;
  readonly #online = (): void => this.#dispatch('online');

  constructor(parts: LastingLinkParts) {
    this.#parts = parts;
    this.#limits = new PeerLimits(parts.clock);
    this.#link = this.#open(parts.role, false, (sdp, candidates) => parts.events.onDescription(sdp, candidates));
    globalThis.addEventListener?.('online', this.#online);
  }

  takeDescription(sdp: string, fingerprint: Bytes, candidates: readonly WireCandidate[]): void {
    this.#fingerprint = fingerprint;
    if (this.#limits.mayDescribe(sdp)) this.#link.takeDescription(sdp, fingerprint, this.#limits.those(candidates));
  }

  /** What the other side says about the link, by whichever way it came. */
  take(message: LinkMessage): void {
    if (this.#state.state === 'closed') return;
    if (message.t === 'candidates') this.#link.take({ ...message, c: this.#limits.those(message.c) });
    else if (this.#limits.mayDescribe(message.sdp))
      this.#takeDescription({ ...message, c: this.#limits.those(message.c) });
  }

  /** A relay listens for us. */
  relayUp(): void {
    this.#dispatch('relay-up');
  }

  /** Says something over the data channel. False where it cannot be known to arrive soon: the channel is not open or its way is cut. */
  send(message: ControlMessage | FeatureWord): boolean {
    return this.#link.send(message) && this.#state.state !== 'interrupted';
  }

  close(): void {
    globalThis.removeEventListener?.('online', this.#online);
    this.#dispatch('closed');
    this.#link.close();
    this.#closeFormer();
  }

  #open(
    role: 'offer' | 'answer',
    fresh: boolean,
    onDescription: (sdp: string, candidates: readonly WireCandidate[]) => void,
  ): RawLink {
    const { events } = this.#parts;
    const opening = ++this.#openings;
    /** What an abandoned connection still says does not matter. */
    const current = <Said extends unknown[]>(hear: (...said: Said) => void) => {
      return (...said: Said): void => {
        if (opening === this.#openings) hear(...said);
      };
    };
    return this.#parts.openLink(
      { role, isPolite: this.#parts.role === 'answer', isFresh: fresh },
      {
        onDescription: current(onDescription),
        onMessage: current((message, said) => this.#said(message, said)),
        onConnected: current(() => this.#dispatch('up')),
        onInterrupted: current(() => this.#dispatch('interrupted')),
        onFailed: current(() => (fresh ? this.#dispatch('broken') : events.onFailed())),
        onBroken: current(() => this.#dispatch('broken')),
        onClosed: current(() => (this.#state.state === 'interrupted' ? this.#dispatch('broken') : events.onClosed())),
        onForgery: current(() => events.onForgery()),
        onHeard: current(() => this.#dispatch('heard')),
        onControlOpen: current(() => events.onControlOpen()),
        onTold: current((message) => this.take(message)),
        onControl: current((message) => events.onControl(message)),
        onWord: current((word) => events.onWord(word)),
        onNegotiationNeeded: current(() => this.#renegotiate()),
      },
    );
  }

  /** Our candidates and later descriptions. While the way is cut they go over the relays as well: what the channel takes may be lost. */
  #said(message: LinkMessage, said: boolean): void {
    if (!said || this.#state.state === 'interrupted') this.#parts.relays.say(message);
  }

  #takeDescription(message: DescriptionMessage): void {
    this.#round = Math.max(this.#round, message.r);
    if (message.fresh) {
      if (message.type === 'offer') this.#takeFreshOffer(message);
      else this.#takeFreshAnswer(message);
    } else if (!this.#fresh) this.#link.take(message);
  }

  /** The other side has made a new connection. Of two that cross, that of the side which offered first in this call goes on. */
  #takeFreshOffer(message: DescriptionMessage): void {
    const checked = this.#check(message.sdp);
    if (checked === undefined || !this.#fingerprint) return;
    if (message.r <= this.#settled) {
      // Late, or our answer was lost.
      if (message.r === this.#freshTaken.round && this.#freshTaken.answer)
        this.#parts.relays.say(this.#freshTaken.answer);
      return;
    }
    if (this.#fresh && this.#parts.role === 'offer') {
      if (this.#fresh.offer) this.#parts.relays.say(this.#fresh.offer);
      return;
    }
    if (!this.#limits.mayConnect()) return;
    this.#dispatch('interrupted');
    this.#fresh = undefined;
    const taken: { readonly round: number; answer?: DescriptionMessage } = { round: message.r };
    this.#freshTaken = taken;
    this.#settled = message.r;
    this.#replace('answer', (sdp, candidates) => {
      taken.answer = this.#sayFresh('answer', message.r, sdp, candidates);
      this.#dispatch('heard');
    });
    this.#link.takeDescription(checked, this.#fingerprint, message.c);
  }

  #takeFreshAnswer(message: DescriptionMessage): void {
    const checked = this.#check(message.sdp);
    if (checked === undefined || !this.#fingerprint || message.r !== this.#fresh?.round) return;
    this.#fresh = undefined;
    this.#settled = message.r;
    this.#link.takeDescription(checked, this.#fingerprint, message.c);
    this.#dispatch('heard');
  }

  /** The certificate is the same for the whole call (docs/hostile-cases.md#e39). */
  #check(sdp: string): string | undefined {
    const checked = checkDescription(expandDescription(sdp));
    if ('refused' in checked || !this.#fingerprint || !equalBytes(checked.fingerprint, this.#fingerprint))
      return undefined;
    return checked.sdp;
  }

  /** While the way is cut, new media wait: an offer over relays is for what brings the call back. */
  #renegotiate(): void {
    this.#isNegotiationDue = this.#state.state === 'interrupted';
    if (!this.#isNegotiationDue) this.#link.renegotiate(++this.#round);
  }

  #replace(role: 'offer' | 'answer', onDescription: (sdp: string, candidates: readonly WireCandidate[]) => void): void {
    const old = this.#link;
    this.#parts.events.onReplaced();
    this.#link = this.#open(role, true, onDescription);
    // Its end would look like a goodbye to a side that is still connected: it waits until the new one is up.
    if (this.#former) old.close();
    else this.#former = old;
  }

  #closeFormer(): void {
    this.#former?.close();
    this.#former = undefined;
  }

  #rebuild(): void {
    const fresh: { readonly round: number; offer?: DescriptionMessage } = { round: ++this.#round };
    this.#fresh = fresh;
    this.#replace('offer', (sdp, candidates) => {
      fresh.offer = this.#sayFresh('offer', fresh.round, sdp, candidates);
    });
  }

  #sayFresh(
    type: DescriptionMessage['type'],
    r: number,
    sdp: string,
    candidates: readonly WireCandidate[],
  ): DescriptionMessage {
    const compact = compactDescription(sdp);
    const { first, rest } = candidatesThatFit(compact, candidates);
    const message: DescriptionMessage = { t: 'description', type, r, fresh: true, sdp: compact, c: [...first] };
    this.#parts.relays.say(message);
    if (rest.length > 0) this.#parts.relays.say({ t: 'candidates', u: usernameFragment(sdp), c: [...rest] });
    return message;
  }

  #dispatch(event: LinkEvent): void {
    const { state, effects } = stepLink(this.#state, event);
    this.#state = state;
    for (const effect of effects) this.#act(effect);
  }

  #act(effect: LinkEffect): void {
    const { relays, events, clock } = this.#parts;
    switch (effect.effect) {
      case 'tell':
        if (effect.what === 'up') {
          this.#closeFormer();
          if (this.#isNegotiationDue) this.#renegotiate();
          events.onUp();
        } else events.onInterrupted();
        return;
      case 'restart':
        // A connection that has never been up has no way to find anew.
        if (this.#fresh) this.#rebuild();
        else this.#link.restart(++this.#round);
        return;
      case 'offer-again':
        if (this.#fresh?.offer) relays.say(this.#fresh.offer);
        else if (!this.#fresh && !this.#link.offerAgain()) this.#link.restart(++this.#round);
        return;
      case 'rebuild':
        this.#rebuild();
        return;
      case 'join-relays':
        relays.join(false);
        return;
      case 'renew-relays':
        relays.join(true);
        return;
      case 'leave-relays':
        relays.leave();
        return;
      case 'ask-key-frame':
        this.#link.sendKeyFrame();
        return;
      case 'set-timer':
        this.#timers.get(effect.timer)?.();
        this.#timers.set(
          effect.timer,
          clock.after(effect.ms, () => this.#dispatch(effect.timer)),
        );
        return;
      case 'clear-timer':
        this.#timers.get(effect.timer)?.();
        this.#timers.delete(effect.timer);
        return;
      default:
        assertNever(effect);
    }
  }
}
