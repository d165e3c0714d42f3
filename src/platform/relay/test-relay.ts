// "Test this relay": one connection publishes to a random topic, another one receives, as two people would. Knows no identity and
// no configured relays.
import { type Bytes, equalBytes, toHex } from '../../core/base/bytes.ts';
import { PublishError, type PublishFailure, type RelayDialect, type RelayState } from '../../core/base/ports.ts';
import { envelopeSizes } from '../../core/signaling/envelope.ts';
import { detectDialect } from './detect-dialect.ts';
import { diagnoseRelay } from './diagnose-relay.ts';
import { dialects } from './dialect-table.ts';
import { RelayConnection } from './relay-connection.ts';
import type { Publication, RelayDeps, RelayDescription } from './relay-transport.ts';
import { parseRelayUrl, type RelayAddress } from './relay-url.ts';

/** What a test found: a relay that works, or the first thing that did not. */
export type RelayReport =
  | {
      readonly url: string;
      readonly dialect: RelayDialect;
      /** From publishing to receiving, in milliseconds. */
      readonly roundTripMs: number;
      /** Whether the relay also confirmed that it took the message. */
      readonly acked: boolean;
      /** Whether it still had the message for somebody who subscribed afterwards. */
      readonly holds: boolean;
      /** The largest message that passed, in bytes; none larger than the largest envelope is tried. */
      readonly maxBytes: number;
      /** What a Nostr relay says about itself (NIP-11). */
      readonly nip11?: RelayDescription;
    }
  | {
      readonly url: string;
      readonly failed:
        | 'unreachable'
        | 'tls'
        | 'web-page'
        | 'not-a-relay'
        | 'needs-login'
        | 'members-only'
        | 'pays-only'
        | 'rate-limited'
        | 'refused'
        | 'clock-wrong'
        | 'no-echo'
        | 'no-site-access'
        | 'bad-address';
      readonly nip11?: RelayDescription;
    };

type TestFailure = Extract<RelayReport, { failed: string }>['failed'];
type Passed = { readonly roundTripMs: number; readonly acked: boolean };

const connectMs = 20_000;
const echoMs = 10_000;
/** A large message that is not taken may end the connection: so long it may take to come back, and the message to pass. */
const largeMs = 4_000;
const ackMs = 2_000;
/** What a relay held comes with the answer to the subscription, or right after it. */
const heldMs = 500;

const failureOfState: Readonly<Record<NonNullable<RelayState['reason']>, TestFailure>> = {
  unreachable: 'unreachable',
  closed: 'unreachable',
  'not-a-relay': 'not-a-relay',
  'needs-login': 'needs-login',
  refused: 'refused',
  'no-site-access': 'no-site-access',
};

const failureOfPublish: Readonly<Record<PublishFailure, TestFailure>> = {
  'too-large': 'refused',
  refused: 'refused',
  'rate-limited': 'rate-limited',
  'in-trouble': 'refused',
  'needs-login': 'needs-login',
  'clock-wrong': 'clock-wrong',
  down: 'unreachable',
};

/** Two connections to one relay: a message goes in by the one and has to come out by the other. */
class RelayTrial {
  readonly #deps: RelayDeps;
  readonly #topicHex: string;
  readonly #sender: RelayConnection;
  readonly #receiver: RelayConnection;
  #expected: Bytes | undefined;
  #hearExpected = (): void => undefined;
  #passed: Bytes | undefined;
  #wasHeld = false;
  readonly #waiters = new Set<() => void>();

  constructor(url: string, deps: RelayDeps) {
    this.#deps = deps;
    this.#topicHex = toHex(deps.randomBytes(32));
    const onChange = (): void => {
      for (const look of this.#waiters) look();
    };
    this.#sender = new RelayConnection(url, deps, {
      onMessage: (_topic, payload) => {
        this.#wasHeld ||= this.#passed !== undefined && equalBytes(payload, this.#passed);
        onChange();
      },
      onChange,
    });
    this.#receiver = new RelayConnection(url, deps, {
      onMessage: (_topic, payload) =>
        this.#expected && equalBytes(payload, this.#expected) ? this.#hearExpected() : undefined,
      onChange,
    });
  }

  /** Connects both. @returns why one of them could not. */
  async start(): Promise<TestFailure | undefined> {
    this.#receiver.setTopics(new Set([this.#topicHex]));
    const both = [this.#receiver, this.#sender];
    for (const connection of both) connection.start();
    await this.#until(() => both.every(({ state }) => state.phase !== 'connecting'), connectMs);
    const stuck = both.find(({ state }) => state.phase !== 'up');
    return stuck && failureOfState[stuck.state.reason ?? 'unreachable'];
  }

  /** Sends one random message of that many bytes across. */
  async pass(length: number, limitMs: number): Promise<Passed | { readonly failed: TestFailure }> {
    const payload = this.#deps.randomBytes(length);
    this.#expected = payload;
    const heard = new Promise<undefined>((resolve) => {
      this.#hearExpected = () => resolve(undefined);
    });
    const sentAt = this.#deps.clock.now();
    const taken = this.#sender.publish(this.#topicHex, payload, limitMs).catch((error: unknown) => ({
      failed: failureOfPublish[error instanceof PublishError ? error.code : 'down'],
    }));
    const refused = taken.then((result) => (typeof result === 'object' ? result : new Promise<never>(() => undefined)));
    const failure = await this.#within(limitMs, Promise.race([heard, refused]), { failed: 'no-echo' } as const);
    // One that is refused for now is offered again and again all the while.
    const { refusal } = this.#sender.state;
    if (failure) return failure.failed === 'no-echo' && refusal ? { failed: failureOfPublish[refusal] } : failure;
    this.#passed = payload;
    const roundTripMs = this.#deps.clock.now() - sentAt;
    const publication: Publication | object = await this.#within(ackMs, taken, 'sent');
    return { roundTripMs, acked: publication === 'acked' };
  }

  /** The largest envelope that passes, in bytes. The smallest has passed already. */
  async largestBytes(): Promise<number> {
    const [smallest = 0, ...larger] = envelopeSizes;
    for (const length of larger.reverse()) {
      await this.#until(() => this.#sender.state.phase === 'up' && this.#receiver.isReady, largeMs);
      const result = await this.pass(length, largeMs);
      if (!('failed' in result)) return length;
      if (result.failed === 'rate-limited') break;
    }
    return smallest;
  }

  /** Whether a late subscriber gets what was sent before: the sender becomes one. */
  async holds(): Promise<boolean> {
    this.#sender.setTopics(new Set([this.#topicHex]));
    await this.#until(() => this.#sender.isReady, largeMs);
    await this.#until(() => this.#wasHeld, heldMs);
    return this.#wasHeld;
  }

  close(): void {
    this.#sender.close();
    this.#receiver.close();
  }

  /** Waits until something is true, looking when something came or changed, for a limited time. */
  async #until(isTrue: () => boolean, limitMs: number): Promise<void> {
    let look = (): void => undefined;
    const came = new Promise<void>((resolve) => {
      look = () => (isTrue() ? resolve() : undefined);
    });
    this.#waiters.add(look);
    look();
    await this.#within(limitMs, came, undefined);
    this.#waiters.delete(look);
  }

  async #within<Value, Otherwise>(ms: number, value: Promise<Value>, otherwise: Otherwise): Promise<Value | Otherwise> {
    let cancel = (): void => undefined;
    const late = new Promise<Otherwise>((resolve) => {
      cancel = this.#deps.clock.after(ms, () => resolve(otherwise));
    });
    const result = await Promise.race([value, late]);
    cancel();
    return result;
  }
}

/** A refusal in the light of what the relay is and says about itself. */
function explained(
  failed: TestFailure,
  dialect: RelayDialect,
  nip11: RelayDescription | undefined,
): { readonly failed: TestFailure; readonly nip11?: RelayDescription } {
  if (nip11?.isPaid && (failed === 'needs-login' || failed === 'refused')) return { failed: 'pays-only', nip11 };
  // We log in to Nostr relays with throw-away keys: one that does not want them wants keys that it knows.
  return { failed: failed === 'needs-login' && dialect === 'nostr' ? 'members-only' : failed };
}

/** Finds out what is at an address, or why nothing there can be used. */
async function detect(address: RelayAddress, deps: RelayDeps) {
  if (deps.mayConnect && !(await deps.mayConnect())) return { failed: 'no-site-access' } as const;
  const found = await detectDialect(address, deps, { ignoreCache: true });
  if (!('failed' in found)) return found;
  const diagnosis = await diagnoseRelay(address.url, found.failed === 'not-a-relay', deps);
  return { failed: diagnosis === 'unknown' ? found.failed : diagnosis } as const;
}

/** The short test: whether one small message passes. Takes up to about 40 s; never throws. */
export async function passesMessage(url: string, deps: RelayDeps): Promise<'passed' | TestFailure> {
  const address = parseRelayUrl(url);
  if ('refused' in address) return 'bad-address';
  const found = await detect(address, deps);
  if ('failed' in found) return found.failed;
  const trial = new RelayTrial(url, deps);
  try {
    const stuck = await trial.start();
    if (stuck) return stuck;
    const passed = await trial.pass(envelopeSizes[0] ?? 0, echoMs);
    return 'failed' in passed ? passed.failed : 'passed';
  } finally {
    trial.close();
  }
}

/** Tests the relay at an address as a person typed it. Takes up to about a minute; never throws. */
export async function testRelay(url: string, deps: RelayDeps): Promise<RelayReport> {
  const address = parseRelayUrl(url);
  if ('refused' in address) return { url, failed: 'bad-address' };
  const found = await detect(address, deps);
  if ('failed' in found) return { url, failed: found.failed };
  const { dialect } = found;
  const nip11 = found.description ?? (await dialects[dialect].describe?.(address.url, deps))?.description;
  const [smallest = 0] = envelopeSizes;
  const trial = new RelayTrial(url, deps);
  try {
    const stuck = await trial.start();
    if (stuck) return { url, ...explained(stuck, dialect, nip11) };
    const passed = await trial.pass(smallest, echoMs);
    if ('failed' in passed) return { url, ...explained(passed.failed, dialect, nip11) };
    const maxBytes = await trial.largestBytes();
    return { url, dialect, ...passed, holds: await trial.holds(), maxBytes, ...(nip11 ? { nip11 } : {}) };
  } finally {
    trial.close();
  }
}
