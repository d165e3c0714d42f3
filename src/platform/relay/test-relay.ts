// "Test this relay": publishes to a random topic and waits for it to come back. Knows no identity and no configured relays.
import { type Bytes, equalBytes, toHex } from '../../core/bytes.ts';
import { PublishError, type PublishFailure, type RelayDialect, type RelayState } from '../../core/ports.ts';
import { detectDialect } from './detect-dialect.ts';
import { dialects } from './dialect-table.ts';
import { RelayConnection } from './relay-connection.ts';
import type { RelayDeps, RelayDescription } from './relay-transport.ts';
import { parseRelayUrl } from './relay-url.ts';

/** What a test found: a relay that works, or the first thing that did not. */
export type RelayReport =
  | {
      readonly url: string;
      readonly dialect: RelayDialect;
      /** From publishing to receiving, in milliseconds. */
      readonly roundTripMs: number;
      /** Whether the relay also confirmed that it took the message. */
      readonly acked: boolean;
      /** What a Nostr relay says about itself (NIP-11). */
      readonly nip11?: RelayDescription;
    }
  | {
      readonly url: string;
      readonly failed:
        | 'unreachable'
        | 'not-a-relay'
        | 'needs-login'
        | 'refused'
        | 'clock-wrong'
        | 'no-echo'
        | 'bad-address';
    };

type TestFailure = Extract<RelayReport, { failed: string }>['failed'];

const connectMs = 20_000;
const echoMs = 10_000;
const ackMs = 2_000;
/** The size of a small envelope. */
const testPayloadBytes = 1024;

const failureOfState: Readonly<Record<NonNullable<RelayState['reason']>, TestFailure>> = {
  unreachable: 'unreachable',
  closed: 'unreachable',
  'not-a-relay': 'not-a-relay',
  'needs-login': 'needs-login',
  refused: 'refused',
};

const failureOfPublish: Readonly<Record<PublishFailure, TestFailure>> = {
  'too-large': 'refused',
  refused: 'refused',
  'rate-limited': 'refused',
  'needs-login': 'needs-login',
  'clock-wrong': 'clock-wrong',
  down: 'unreachable',
};

/** Resolves with a value after a while. */
function after<Value>(deps: RelayDeps, ms: number, value: Value): { readonly passed: Promise<Value>; cancel(): void } {
  let cancel = (): void => undefined;
  const passed = new Promise<Value>((resolve) => {
    cancel = deps.clock.after(ms, () => resolve(value));
  });
  return { passed, cancel: () => cancel() };
}

/** Publishes a random message to a random topic over an open connection and waits for its echo. */
async function roundTrip(
  connection: RelayConnection,
  topicHex: string,
  echoed: Promise<void>,
  payload: Bytes,
  deps: RelayDeps,
): Promise<{ roundTripMs: number; acked: boolean } | { failed: TestFailure }> {
  const sentAt = deps.clock.now();
  const taken = connection.publish(topicHex, payload, echoMs).then(
    () => 'acked' as const,
    (error: unknown) => failureOfPublish[error instanceof PublishError ? error.code : 'down'],
  );
  const refused = taken.then((result) => (result === 'acked' ? new Promise<never>(() => undefined) : result));
  const late = after(deps, echoMs, 'no-echo' as const);
  const first = await Promise.race([echoed.then(() => undefined), refused, late.passed]);
  late.cancel();
  if (first) return { failed: first };
  const roundTripMs = deps.clock.now() - sentAt;
  const noAck = after(deps, ackMs, undefined);
  const acked = (await Promise.race([taken, noAck.passed])) === 'acked';
  noAck.cancel();
  return { roundTripMs, acked };
}

/** Tests the relay at an address as a person typed it. Takes up to about 50 s; never throws. */
export async function testRelay(url: string, deps: RelayDeps): Promise<RelayReport> {
  const address = parseRelayUrl(url);
  if ('refused' in address) return { url, failed: 'bad-address' };
  const found = await detectDialect(address, deps, { ignoreCache: true });
  if ('failed' in found) return { url, failed: found.failed };

  const topicHex = toHex(deps.randomBytes(32));
  const payload = deps.randomBytes(testPayloadBytes);
  let hearEcho = (): void => undefined;
  const echoed = new Promise<void>((resolve) => {
    hearEcho = resolve;
  });
  let noticeChange = (): void => undefined;
  const settled = new Promise<void>((resolve) => {
    noticeChange = () => (connection.state.phase === 'connecting' ? undefined : resolve());
  });
  const connection = new RelayConnection(url, deps, {
    onMessage: (_topic, received) => (equalBytes(received, payload) ? hearEcho() : undefined),
    onChange: () => noticeChange(),
  });
  connection.setTopics(new Set([topicHex]));
  connection.start();
  const late = after(deps, connectMs, undefined);
  await Promise.race([settled, late.passed]);
  late.cancel();

  const { phase, reason } = connection.state;
  const result =
    phase === 'up'
      ? await roundTrip(connection, topicHex, echoed, payload, deps)
      : { failed: failureOfState[reason ?? 'unreachable'] };
  connection.close();
  if ('failed' in result) return { url, ...result };
  const nip11 = found.description ?? (await dialects[found.dialect].describe?.(address.url, deps))?.description;
  return { url, dialect: found.dialect, ...result, ...(nip11 ? { nip11 } : {}) };
}
