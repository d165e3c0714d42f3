// Finds out which dialect the server at an address speaks, harmlessly: text before binary, nothing that identifies anybody.
// Knows dialects only through their table entries.
import type { RelayDialect } from '../../core/ports.ts';
import { dialects } from './dialect-table.ts';
import { openRelaySocket } from './relay-socket.ts';
import type { Dialect, Frame, RelayDeps, RelayDescription } from './relay-transport.ts';
import type { RelayAddress } from './relay-url.ts';

/** A dialect, or why none was found. 'not-a-relay': something answers there, but not as a relay. */
export type Detection =
  | { readonly dialect: RelayDialect; readonly description?: RelayDescription }
  | { readonly failed: 'unreachable' | 'not-a-relay' };

const answerMs = 3_000;
/** When a server has said nothing to the greeting, it is asked in the words of JSON signaling servers, which must never see binary. */
const politeMs = 1_500;
const maxFrames = 16;
const politeQuestion = '{"type":"ping"}';

/** What one socket taught: 'strange' spoke, but not this dialect; 'silent' opened and said nothing or closed. */
type Greeted = 'recognised' | 'strange' | 'silent' | 'unopened';

/** Opens one socket, sends the dialect's greeting, and looks at the answer. */
function greet(url: string, dialect: Dialect, deps: RelayDeps): Promise<Greeted> {
  return new Promise((resolve) => {
    let soFar: Greeted = 'unopened';
    const frames: Frame[] = [];
    const timers: (() => void)[] = [];
    const finish = (result: Greeted): void => {
      for (const cancel of timers) cancel();
      socket.close();
      resolve(result);
    };
    const socket = openRelaySocket(deps, url, dialect.subprotocols, {
      onOpen() {
        soFar = 'silent';
        timers.push(deps.clock.after(answerMs, () => finish(soFar)));
        if (dialect.greetsWith === 'text') timers.push(deps.clock.after(politeMs, () => socket.send(politeQuestion)));
        socket.send(dialect.greeting((length) => deps.randomBytes(length)));
      },
      onFrame(frame) {
        soFar = 'strange';
        frames.push(frame);
        if (dialect.recognises(frames)) finish('recognised');
        else if (frames.length >= maxFrames) finish('strange');
      },
      onEnd: () => finish(soFar),
    });
  });
}

function inOrder(url: URL): Dialect[] {
  const rank = (dialect: Dialect): number => (dialect.livesAt(url) ? 0 : dialect.greetsWith === 'text' ? 1 : 2);
  return Object.values(dialects).sort((a, b) => rank(a) - rank(b));
}

/**
 * Detects the dialect: prefix, then cache, then by asking (text first; binary last, or first where the address says so).
 * Takes up to about 25 s with a server that is silent. Never throws.
 * @param options.ignoreCache asks again, because the remembered answer no longer works.
 */
export async function detectDialect(
  address: RelayAddress,
  deps: RelayDeps,
  options: { readonly ignoreCache?: boolean } = {},
): Promise<Detection> {
  if (address.dialect) return { dialect: address.dialect };
  const known = options.ignoreCache ? undefined : await deps.dialectCache.get(address.url);
  if (known && Object.hasOwn(dialects, known)) return { dialect: known };

  let somethingAnswered = false;
  let speaksText = false;
  for (const dialect of inOrder(new URL(address.url))) {
    if (speaksText && dialect.greetsWith === 'binary') continue;
    const [told, greeted] = await Promise.all([
      dialect.describe?.(address.url, deps) ?? { answered: false },
      greet(address.url, dialect, deps),
    ]);
    const description = 'description' in told ? told.description : undefined;
    // A description alone is not enough: a relay behind a broken WebSocket is not reachable.
    if (description && greeted === 'unopened') return { failed: 'unreachable' };
    if (description || greeted === 'recognised') {
      deps.dialectCache.set(address.url, dialect.name);
      return { dialect: dialect.name, ...(description ? { description } : {}) };
    }
    speaksText ||= greeted === 'strange' && dialect.greetsWith === 'text';
    somethingAnswered ||= told.answered || greeted !== 'unopened';
  }
  return { failed: somethingAnswered ? 'not-a-relay' : 'unreachable' };
}
