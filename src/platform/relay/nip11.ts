// The information document of a Nostr relay (NIP-11), read over HTTP. Knows no WebSocket.
import { fromUtf8 } from '../../core/base/bytes.ts';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import type { RelayDeps, RelayDescription } from './relay-transport.ts';

const answerMs = 3_000;
const maxDocumentBytes = 64 * 1024;
const maxAddressLength = 2048;
const maxNameLength = 100;

async function readBounded(body: ReadableStream<Uint8Array> | null): Promise<string | undefined> {
  if (!body) return undefined;
  const reader = body.getReader();
  const bytes = new Uint8Array(maxDocumentBytes);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return fromUtf8(bytes.subarray(0, length));
    if (length + value.length > maxDocumentBytes) {
      await reader.cancel();
      return undefined;
    }
    bytes.set(value, length);
    length += value.length;
  }
}

/** Own property of something that may be anything. */
function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

/** An address that a person may open: https only. */
function webAddress(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > maxAddressLength || !URL.canParse(value)) return undefined;
  const { protocol, href } = new URL(value);
  return protocol === 'https:' ? href : undefined;
}

/** Reads a NIP-11 document; undefined unless it lists `supported_nips`. */
function parseNip11(text: string): RelayDescription | undefined {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(property(document, 'supported_nips'))) return undefined;
  const name = property(document, 'name');
  const limitation = property(document, 'limitation');
  const limit = property(limitation, 'max_message_length');
  const terms = webAddress(property(document, 'terms_of_service'));
  const postingPolicy = webAddress(property(document, 'posting_policy'));
  const payments = webAddress(property(document, 'payments_url'));
  return {
    ...(typeof name === 'string' ? { name: cleanDisplayName(name.slice(0, maxNameLength)) } : {}),
    ...(terms ? { terms } : {}),
    ...(postingPolicy ? { postingPolicy } : {}),
    ...(payments ? { payments } : {}),
    ...(property(limitation, 'payment_required') === true ? { isPaid: true } : {}),
    ...(typeof limit === 'number' && limit > 0 ? { maxMessageLength: limit } : {}),
  };
}

/**
 * Asks the HTTP side of a relay's address, for at most 3 s. Never throws.
 * `answered` says that an HTTP server spoke that is not merely a proxy without its relay (5xx); a failed fetch may be CORS and proves nothing.
 */
export async function readNip11(
  url: string,
  deps: Pick<RelayDeps, 'fetch' | 'clock'>,
): Promise<{ readonly answered: boolean; readonly description?: RelayDescription }> {
  const abort = new AbortController();
  let answered = false;
  let stopWaiting = (): void => undefined;
  // Some servers never answer and some doubles of fetch do not listen to the signal: the time limit is our own.
  const late = new Promise<undefined>((resolve) => {
    stopWaiting = deps.clock.after(answerMs, () => {
      abort.abort();
      resolve(undefined);
    });
  });
  const asked = (async () => {
    const headers = { accept: 'application/nostr+json' };
    const response = await deps.fetch(url.replace(/^ws/, 'http'), {
      headers,
      signal: abort.signal,
      credentials: 'omit',
    });
    answered = response.status < 500;
    const text = await readBounded(response.body);
    return text === undefined ? undefined : parseNip11(text);
  })().catch(() => undefined);
  const description = await Promise.race([asked, late]);
  stopWaiting();
  return { answered, ...(description ? { description } : {}) };
}
