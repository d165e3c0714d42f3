// Why no relay was found at an address: asks its host over HTTP, as far as a page may learn the answer. Knows no dialect.
import { fromUtf8 } from '../../core/base/bytes.ts';
import type { RelayDeps } from './relay-transport.ts';

/** 'web-page': a website, or the login page of a network, answers. 'tls': the host answers, but not over TLS that we trust. */
export type Diagnosis = 'web-page' | 'tls' | 'unknown';

const answerMs = 3_000;
/** No more of a page is looked at. */
const maxPageBytes = 512;

/** Asks one address. @returns the beginning of the answer, '' when it may not be read, or undefined when there is none. */
async function ask(url: string, mode: 'cors' | 'no-cors', deps: Pick<RelayDeps, 'fetch' | 'clock'>) {
  const abort = new AbortController();
  let stopWaiting = (): void => undefined;
  const late = new Promise<undefined>((resolve) => {
    stopWaiting = deps.clock.after(answerMs, () => resolve(undefined));
  });
  const asked = (async () => {
    const response = await deps.fetch(url, {
      headers: {},
      signal: abort.signal,
      credentials: 'omit',
      ...(mode === 'no-cors' ? { mode } : {}),
    });
    // A proxy without its relay shows a page of its own: it says nothing of the relay.
    if (response.status >= 500) return '';
    const { value } = (await response.body?.getReader().read()) ?? {};
    return fromUtf8(value?.slice(0, maxPageBytes) ?? new Uint8Array(0)) ?? '';
  })().catch(() => undefined);
  const answer = await Promise.race([asked, late]);
  stopWaiting();
  abort.abort();
  return answer;
}

/**
 * Explains a detection that failed, in at most 9 s. Never throws.
 * @param url ws: or wss: address without credentials.
 * @param hasAnswered whether something spoke WebSocket or readable HTTP there already: then only a page in HTML is news.
 */
export async function diagnoseRelay(
  url: string,
  hasAnswered: boolean,
  deps: Pick<RelayDeps, 'fetch' | 'clock'>,
): Promise<Diagnosis> {
  const web = url.replace(/^ws/, 'http');
  const page = await ask(web, 'cors', deps);
  if (page !== undefined && /^\s*<(?:!doctype html|html|head|h1|body)/i.test(page)) return 'web-page';
  if (hasAnswered || page !== undefined) return 'unknown';
  // Without CORS the answer cannot be read, only that there was one; relays answer a WebSocket at the same address.
  if ((await ask(web, 'no-cors', deps)) !== undefined) return 'web-page';
  if (!url.startsWith('wss:')) return 'unknown';
  // The same port without TLS: web servers answer that it was the wrong way to ask, and servers without TLS simply answer.
  const { host, port, pathname } = new URL(url);
  const plain = `http://${port === '' ? `${host}:443` : host}${pathname}`;
  return (await ask(plain, 'no-cors', deps)) === undefined ? 'unknown' : 'tls';
}
