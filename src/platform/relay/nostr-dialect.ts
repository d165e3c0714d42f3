// Nostr (NIP-01, NIP-42): one subscription for all topics, one throw-away key per event. Knows one open connection;
// retry and queue are elsewhere.
import { type Bytes, toHex } from '../../core/base/bytes.ts';
import { PublishError, type PublishFailure, passingFailures } from '../../core/base/ports.ts';
import { readNip11 } from './nip11.ts';
import {
  answerChallenge,
  giftWrapKind,
  parseRelayMessage,
  publishFailureOf,
  refusedTimeIs,
  unwrapPayload,
  wrapPayload,
} from './nostr-event.ts';
import { PendingAnswers } from './pending-answers.ts';
import { RelayTime } from './relay-time.ts';
import {
  type Dialect,
  type Frame,
  maxPayloadBytes,
  type Publication,
  type RelayTransport,
  type TransportContext,
} from './relay-transport.ts';

/**
 * Brings what strfry held back (up to 300 s) while a worker slept, and of a relay that keeps everything no more than the listener's budget
 * takes at once. No time is named: relays measure it against the senders' clocks, also for what comes live (NIP-01).
 */
const heldEvents = 50;
/** Relays limit the values of one filter; several filters of one REQ are alternatives. */
const topicsPerFilter = 200;
const loginMs = 5_000;
/** A relay that asks for more logins on one connection is playing. */
const maxLogins = 3;

class NostrTransport implements RelayTransport {
  readonly #context: TransportContext;
  readonly #published = new PendingAnswers<string>();
  readonly #subscribed = new PendingAnswers<string>();
  readonly #probes = new PendingAnswers<string>();
  /** Frames of unanswered events, to repeat after a login. */
  readonly #eventFrames = new Map<string, string>();
  /** Ids of subscriptions that events may come for: the current one and the one it replaces. */
  readonly #ownIds = new Set<string>();
  readonly #waitingForLogin = new Set<string>();
  readonly #repeated = new Set<string>();
  /** Why an event was refused for its time, until the search has heard of it. */
  readonly #refusedTimes = new Map<string, string>();
  readonly #time = new RelayTime();
  #topics: ReadonlySet<string> = new Set();
  #currentId = '';
  #currentFrame = '';
  #logins = 0;
  #challenge = '';
  #loginEventId = '';
  #loginShiftSec = 0;
  #login: 'open' | 'accepted' | 'refused' = 'open';
  #isClosed = false;
  #cancelLoginTimer = (): void => undefined;

  constructor(context: TransportContext) {
    this.#context = context;
  }

  async open(): Promise<void> {
    // NIP-01 has no handshake.
  }

  async setTopics(topics: ReadonlySet<string>): Promise<void> {
    this.#topics = new Set(topics);
    const earlierId = this.#currentId;
    this.#currentId = topics.size > 0 ? this.#randomId() : '';
    if (this.#currentId === '') return this.#unsubscribe(earlierId);
    this.#ownIds.add(this.#currentId);
    const all = [...topics];
    const filters = Array.from({ length: Math.ceil(all.length / topicsPerFilter) }, (_, chunk) => ({
      kinds: [giftWrapKind],
      '#p': all.slice(chunk * topicsPerFilter, (chunk + 1) * topicsPerFilter),
      limit: heldEvents,
    }));
    this.#currentFrame = JSON.stringify(['REQ', this.#currentId, ...filters]);
    const answer = this.#subscribed.wait(this.#currentId);
    this.#context.send(this.#currentFrame);
    await answer;
    // The earlier subscription goes only now: an ephemeral event in between would be lost.
    this.#unsubscribe(earlierId);
  }

  async publish(topicHex: string, payload: Bytes, onRefused?: (failure: PublishFailure) => void): Promise<Publication> {
    if (payload.length > maxPayloadBytes) throw new PublishError('too-large');
    while (!(await this.#publishOnce(topicHex, payload))) onRefused?.('clock-wrong');
    return 'acked';
  }

  /** @returns false when the relay refused its time and there is another one to try. */
  async #publishOnce(topicHex: string, payload: Bytes): Promise<boolean> {
    const { shiftSec } = this.#time;
    const event = await wrapPayload(topicHex, payload, this.#nowMs());
    if (this.#isClosed) throw new PublishError('down');
    const frame = JSON.stringify(['EVENT', event]);
    this.#eventFrames.set(event.id, frame);
    const answer = this.#published.wait(event.id);
    this.#context.send(frame);
    try {
      await answer;
      this.#time.taken();
      return true;
    } catch (error) {
      const reason = this.#refusedTimes.get(event.id);
      if (reason === undefined || !this.#time.refused(shiftSec, refusedTimeIs(reason))) throw error;
      return false;
    } finally {
      this.#eventFrames.delete(event.id);
      this.#waitingForLogin.delete(event.id);
      this.#repeated.delete(event.id);
      this.#refusedTimes.delete(event.id);
    }
  }

  /** The time as the relay has it, as far as is known. */
  #nowMs(): number {
    return this.#context.clock.now() + this.#time.shiftSec * 1_000;
  }

  async probe(): Promise<void> {
    const id = this.#randomId();
    const answer = this.#probes.wait(id);
    this.#context.send(JSON.stringify(['REQ', id, { ids: ['0'.repeat(64)], limit: 1 }]));
    await answer;
  }

  receive(frame: Frame): void {
    const message = typeof frame === 'string' ? parseRelayMessage(frame) : undefined;
    if (!message) return;
    const [word, first, second, third] = message;
    if (typeof first !== 'string') return;
    const reason = typeof third === 'string' ? third : '';
    if (word === 'NOTICE') this.#receiveNotice(first);
    else if (word === 'EVENT') this.#receiveEvent(first, second);
    else if (word === 'OK') this.#receiveOk(first, second === true, reason);
    else if (word === 'EOSE') this.#receiveEose(first);
    else if (word === 'CLOSED') this.#receiveClosed(first, typeof second === 'string' ? second : '');
    else if (word === 'AUTH') this.#receiveChallenge(first);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelLoginTimer();
    this.#published.failAll();
    this.#subscribed.failAll();
    this.#probes.failAll();
  }

  #receiveEvent(subscriptionId: string, event: unknown): void {
    if (!this.#ownIds.has(subscriptionId)) return;
    const found = unwrapPayload(event, this.#topics);
    if (found) this.#context.onMessage(found.topicHex, found.payload);
  }

  #receiveEose(id: string): void {
    if (this.#probes.settle(id)) this.#context.send(JSON.stringify(['CLOSE', id]));
    else this.#subscribed.settle(id);
  }

  #receiveClosed(id: string, reason: string): void {
    if (this.#probes.settle(id) || id !== this.#currentId) return;
    if (reason.startsWith('auth-required:') && this.#mayLogIn(id)) return;
    const failure = publishFailureOf(reason);
    this.#context.onFault(failure === 'needs-login' ? failure : passingFailures.has(failure) ? 'closed' : 'refused');
  }

  #receiveOk(id: string, isTaken: boolean, reason: string): void {
    if (id === this.#loginEventId) this.#receiveLogin(isTaken, reason);
    // A duplicate is with the relay, whatever the relay calls it.
    else if (isTaken || reason.startsWith('duplicate:')) this.#published.settle(id);
    else if (!this.#published.has(id)) return;
    else if (reason.startsWith('auth-required:') && this.#mayLogIn(id)) return;
    else {
      const failure = publishFailureOf(reason);
      if (failure === 'clock-wrong') this.#refusedTimes.set(id, reason);
      this.#published.fail(id, new PublishError(failure));
    }
  }

  /**
   * A relay that cannot read a frame says so in a NOTICE without the event's id; with one open event it is clear which is meant. One that
   * takes nothing just now means all of them: what it took all the same is known to the listeners by its payload.
   */
  #receiveNotice(text: string): void {
    for (const id of this.#probes.keys()) this.#probes.settle(id);
    const [id, ...others] = this.#published.keys();
    if (id !== undefined && others.length === 0 && publishFailureOf(text) === 'too-large')
      this.#published.fail(id, new PublishError('too-large'));
    if (publishFailureOf(text) === 'rate-limited')
      for (const each of this.#published.keys()) this.#published.fail(each, new PublishError('rate-limited'));
  }

  #receiveChallenge(challenge: string): void {
    if (this.#logins >= maxLogins || challenge.length > 1024) return;
    this.#logins += 1;
    this.#login = 'open';
    this.#challenge = challenge;
    this.#logIn();
  }

  #logIn(): void {
    const { shiftSec } = this.#time;
    void answerChallenge(this.#challenge, this.#context.url, this.#nowMs()).then((event) => {
      if (this.#isClosed) return;
      this.#loginEventId = event.id;
      this.#loginShiftSec = shiftSec;
      this.#context.send(JSON.stringify(['AUTH', event]));
    });
  }

  #receiveLogin(isAccepted: boolean, reason: string): void {
    const isWrongTime = !isAccepted && publishFailureOf(reason) === 'clock-wrong';
    if (isWrongTime && this.#time.refused(this.#loginShiftSec, refusedTimeIs(reason))) {
      this.#logIn();
      return;
    }
    this.#cancelLoginTimer();
    this.#login = isAccepted ? 'accepted' : 'refused';
    // Many relays ask everybody and serve those they do not know all the same.
    if (!isAccepted && this.#waitingForLogin.size > 0) this.#context.onFault('needs-login');
    if (!isAccepted) return;
    for (const id of this.#waitingForLogin) this.#repeat(id);
    this.#waitingForLogin.clear();
  }

  /** Keeps a refused subscription or event for after the login, once. @returns false when a login has not helped. */
  #mayLogIn(id: string): boolean {
    if (this.#repeated.has(id) || this.#login === 'refused') return false;
    if (this.#login === 'accepted') this.#repeat(id);
    else {
      this.#waitingForLogin.add(id);
      this.#cancelLoginTimer();
      this.#cancelLoginTimer = this.#context.clock.after(loginMs, () => this.#context.onFault('needs-login'));
    }
    return true;
  }

  #repeat(id: string): void {
    this.#repeated.add(id);
    const frame = id === this.#currentId ? this.#currentFrame : this.#eventFrames.get(id);
    if (frame !== undefined) this.#context.send(frame);
  }

  #unsubscribe(id: string): void {
    this.#subscribed.settle(id);
    if (this.#ownIds.delete(id)) this.#context.send(JSON.stringify(['CLOSE', id]));
  }

  #randomId(): string {
    return toHex(this.#context.randomBytes(8));
  }
}

/** The words that a Nostr relay begins its messages with (NIP-01, NIP-42). */
const relayWords: ReadonlySet<string> = new Set(['EVENT', 'OK', 'EOSE', 'CLOSED', 'NOTICE', 'AUTH']);

/** Nostr relays: ephemeral gift wraps routed by their `p` tag. */
export const nostrDialect: Dialect = {
  name: 'nostr',
  subprotocols: [],
  greetsWith: 'text',
  livesAt: () => false,
  greeting: (randomBytes) => [
    JSON.stringify(['REQ', toHex(randomBytes(8)), { kinds: [giftWrapKind], '#p': [toHex(randomBytes(32))], limit: 1 }]),
  ],
  recognises: ({ answers }) =>
    answers.some((frame) => typeof frame === 'string' && relayWords.has(parseRelayMessage(frame)?.[0] ?? '')),
  describe: readNip11,
  transport: (context) => new NostrTransport(context),
};
