// One relay, kept connected: detect, connect, subscribe, heartbeat, and again after a pause that grows. Knows no other relay.
//
//   connecting --subscribed--> up --probe unanswered, closed, fault--> down --pause over, retryNow--> connecting
import type { Bytes } from '../../core/base/bytes.ts';
import { PublishError, type PublishFailure, type RelayDialect, type RelayState } from '../../core/base/ports.ts';
import { detectDialect } from './detect-dialect.ts';
import { dialects } from './dialect-table.ts';
import { PublishQueue } from './publish-queue.ts';
import { openMs, openRelaySocket } from './relay-socket.ts';
import type {
  Publication,
  RelayDeps,
  RelaySocket,
  RelayTransport,
  SocketEnd,
  SocketEvents,
} from './relay-transport.ts';
import { parseRelayUrl, type RelayAddress } from './relay-url.ts';

const heartbeatMs = 20_000;
const probeMs = 10_000;
const handshakeMs = 10_000;
/**
 * Each failure in a row gives the next socket more time to open, up to this: Firefox holds sockets back for up to 60 s after others to
 * the same port have failed. One that is given up meanwhile has waited for nothing.
 */
const longestOpenMs = 80_000;
const firstPauseMs = 1_000;
const longestPauseMs = 300_000;
const steadyMs = 30_000;
/** After so many failures in a row the remembered dialect is doubted once. */
const failuresPerDoubt = 3;

type DownReason = NonNullable<RelayState['reason']>;

const reasonOf: Readonly<Record<SocketEnd, DownReason>> = {
  unopened: 'unreachable',
  closed: 'closed',
  oversize: 'closed',
};

/** Reasons that waiting does not cure: messages for such a relay fail at once. */
const verdictOf: Readonly<Partial<Record<DownReason, PublishFailure>>> = {
  'needs-login': 'needs-login',
  refused: 'refused',
};

/** Who is told about one relay. */
export interface RelayConnectionEvents {
  onMessage(topicHex: string, payload: Bytes): void;
  /** State or subscription has changed. */
  onChange(): void;
}

/** A relay that stays connected from `start` to `close`. */
export class RelayConnection {
  readonly #url: string;
  readonly #address: RelayAddress | undefined;
  readonly #deps: RelayDeps;
  readonly #events: RelayConnectionEvents;
  readonly #queue: PublishQueue;
  #phase: RelayState['phase'] = 'connecting';
  #reason: DownReason | undefined;
  #retryAt: number | undefined;
  #refusal: RelayState['refusal'];
  #dialect: RelayDialect | undefined;
  #topics: ReadonlySet<string> = new Set();
  /** The topics that the relay has confirmed on this connection. */
  #confirmed: ReadonlySet<string> | undefined;
  #failures = 0;
  #isClosed = false;
  /** Raised by every attempt and every end, so that what was asked before can tell that it comes too late. */
  #turn = 0;
  #socket: RelaySocket | undefined;
  #transport: RelayTransport | undefined;
  /** Of the current turn, by purpose. */
  readonly #timers = new Map<'pause' | 'heartbeat' | 'steady', () => void>();

  /** @param url as the person configured it; an address that cannot be one is down for good. */
  constructor(url: string, deps: RelayDeps, events: RelayConnectionEvents) {
    const address = parseRelayUrl(url);
    this.#url = url;
    this.#address = 'refused' in address ? undefined : address;
    this.#deps = deps;
    this.#events = events;
    this.#queue = new PublishQueue(deps.clock, (refusal) => this.#setRefusal(refusal));
  }

  /** Up, and the relay has confirmed every topic. */
  get isReady(): boolean {
    return this.#phase === 'up' && this.#confirmed === this.#topics;
  }

  get state(): RelayState {
    return {
      url: this.#url,
      phase: this.#phase,
      ...(this.#dialect ? { dialect: this.#dialect } : {}),
      ...(this.#reason ? { reason: this.#reason } : {}),
      ...(this.#retryAt === undefined ? {} : { retryAt: this.#retryAt }),
      ...(this.#refusal && this.#phase === 'up' ? { refusal: this.#refusal } : {}),
    };
  }

  start(): void {
    if (this.#address) void this.#attempt(this.#address);
    else this.#setPhase('down', 'not-a-relay');
  }

  /** Replaces the topics; they are subscribed again after every reconnect. */
  setTopics(topics: ReadonlySet<string>): void {
    this.#topics = topics;
    if (this.#phase === 'up') void this.#subscribe(this.#turn);
  }

  /** Sends now, or when the relay comes up within `ttlMs`. Resolves when the relay took it, as far as it tells; rejects with PublishError. */
  publish(topicHex: string, payload: Bytes, ttlMs: number): Promise<Publication> {
    const verdict = this.#reason && verdictOf[this.#reason];
    if (this.#isClosed || !this.#address || verdict) return Promise.reject(new PublishError(verdict ?? 'down'));
    const taken = this.#queue.add(topicHex, payload, ttlMs);
    if (this.#phase === 'up' && this.#transport) this.#queue.sendOver(this.#transport);
    taken.then(
      () => this.#setRefusal(undefined),
      (error: unknown) => {
        if (error instanceof PublishError && error.code !== 'down') this.#setRefusal(error.code);
      },
    );
    return taken;
  }

  #setRefusal(refusal: RelayState['refusal']): void {
    if (this.#refusal === refusal) return;
    this.#refusal = refusal;
    this.#events.onChange();
  }

  /** The network is back: ends a pause at once, and probes a connection that seems up. */
  retryNow(): void {
    if (this.#isClosed || !this.#address) return;
    if (this.#phase === 'down') void this.#attempt(this.#address);
    else if (this.#phase === 'up') void this.#probe(this.#turn);
  }

  close(): void {
    this.#isClosed = true;
    this.#leave();
    this.#setPhase('down', 'closed');
    this.#queue.refuseAll('down');
  }

  async #attempt(address: RelayAddress): Promise<void> {
    this.#leave();
    const turn = this.#turn;
    this.#setPhase('connecting', this.#reason);
    if (this.#deps.mayConnect && !(await this.#deps.mayConnect())) return this.#fail(turn, 'no-site-access');
    if (turn !== this.#turn) return;
    const ignoreCache = this.#failures % failuresPerDoubt === failuresPerDoubt - 1;
    const found = await detectDialect(address, this.#deps, { ignoreCache });
    if (turn !== this.#turn) return;
    if ('failed' in found) return this.#fail(turn, found.failed);
    this.#dialect = found.dialect;
    const dialect = dialects[found.dialect];
    const limitMs = Math.min(longestOpenMs, openMs * 2 ** this.#failures);
    const events: SocketEvents = {
      onOpen: () => {
        const transport = dialect.transport({
          url: address.url,
          ...(address.credentials ? { credentials: address.credentials } : {}),
          clock: this.#deps.clock,
          randomBytes: (length) => this.#deps.randomBytes(length),
          send: (frame) => socket.send(frame),
          openSecondSocket: (events) => openRelaySocket(this.#deps, address.url, dialect.subprotocols, events),
          onMessage: (topicHex, payload) => this.#events.onMessage(topicHex, payload),
          onFault: (fault) => this.#fail(turn, fault),
        });
        this.#transport = transport;
        void this.#shakeHands(turn, transport);
      },
      onFrame: (frame) => this.#transport?.receive(frame),
      onEnd: (end) => this.#fail(turn, reasonOf[end]),
    };
    const socket = openRelaySocket(this.#deps, address.url, dialect.subprotocols, events, limitMs);
    this.#socket = socket;
  }

  async #shakeHands(turn: number, transport: RelayTransport): Promise<void> {
    const isDone = await this.#answered(turn, handshakeMs, 'not-a-relay', () => transport.open());
    if (!isDone) return;
    // With no topic there is nothing to confirm, so a probe shows that a relay is there.
    const isConfirmed =
      this.#topics.size > 0
        ? await this.#subscribe(turn)
        : await this.#answered(turn, handshakeMs, 'not-a-relay', () => transport.probe());
    if (!isConfirmed) return;
    if (this.#topics.size === 0) this.#confirmed = this.#topics;
    // It held for a while: the next pause is short again.
    this.#setTimer('steady', steadyMs, () => {
      this.#failures = 0;
    });
    this.#scheduleHeartbeat(turn);
    this.#setPhase('up');
    this.#queue.sendOver(transport);
    if (this.#confirmed !== this.#topics) void this.#subscribe(turn);
  }

  /** Subscribes to what is wanted; while connecting, until that no longer changes. @returns false when the connection is lost. */
  async #subscribe(turn: number): Promise<boolean> {
    const transport = this.#transport;
    if (!transport) return false;
    const wanted = this.#topics;
    if (!(await this.#answered(turn, handshakeMs, 'not-a-relay', () => transport.setTopics(wanted)))) return false;
    this.#confirmed = wanted;
    if (this.#phase === 'up') this.#events.onChange();
    // While it is up, whoever changed the topics subscribes to them.
    else if (wanted !== this.#topics) return this.#subscribe(turn);
    return true;
  }

  #scheduleHeartbeat(turn: number): void {
    this.#setTimer('heartbeat', heartbeatMs, async () => {
      if (await this.#probe(turn)) this.#scheduleHeartbeat(turn);
    });
  }

  async #probe(turn: number): Promise<boolean> {
    const transport = this.#transport;
    return transport !== undefined && this.#answered(turn, probeMs, 'closed', () => transport.probe());
  }

  /** Waits for an answer of the relay; without one in time the connection is given up. @returns whether it came, on this connection. */
  async #answered(turn: number, limitMs: number, otherwise: DownReason, ask: () => Promise<void>): Promise<boolean> {
    const cancel = this.#deps.clock.after(limitMs, () => this.#fail(turn, otherwise));
    try {
      await ask();
      return turn === this.#turn;
    } catch {
      // A transport rejects only when it is closed, which whoever closed it has dealt with.
      return false;
    } finally {
      cancel();
    }
  }

  /** The connection is lost or useless: pauses, then tries again. */
  #fail(turn: number, reason: DownReason): void {
    if (turn !== this.#turn) return;
    this.#leave();
    const longest = Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(this.#failures, 20));
    const [a = 0, b = 0] = this.#deps.randomBytes(2);
    // Half of it is fixed, so that relays which fail at once are never asked in a tight loop.
    const pauseMs = Math.round(longest / 2 + (longest / 2) * ((a * 256 + b) / 65_536));
    this.#failures += 1;
    this.#setTimer('pause', pauseMs, () => this.retryNow());
    this.#setPhase('down', reason, this.#deps.clock.now() + pauseMs);
    const verdict = verdictOf[reason];
    if (verdict) this.#queue.refuseAll(verdict);
  }

  #leave(): void {
    this.#turn += 1;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
    this.#transport?.close();
    this.#transport = undefined;
    this.#socket?.close();
    this.#socket = undefined;
    this.#confirmed = undefined;
  }

  #setTimer(purpose: 'pause' | 'heartbeat' | 'steady', ms: number, run: () => void): void {
    this.#timers.get(purpose)?.();
    this.#timers.set(purpose, this.#deps.clock.after(ms, run));
  }

  #setPhase(phase: RelayState['phase'], reason?: DownReason, retryAt?: number): void {
    this.#phase = phase;
    this.#reason = reason;
    this.#retryAt = retryAt;
    this.#events.onChange();
  }
}
