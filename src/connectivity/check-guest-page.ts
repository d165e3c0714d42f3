// Whether a page for guests is the one that came with this extension, file by file. Asks the page's own server, as anybody would: without cookies,
// and without a word on who asks.
import { toHex } from '../core/base/bytes.ts';
import type { Sealer } from '../core/base/ports.ts';
import { isAcceptablePage } from '../core/network/server-link.ts';

/** What the files of the page are, as they were built with the extension: SHA-256 in hex by path. */
export interface GuestPageFacts {
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
}

export type PageVerdict =
  /** No address of a page: TLS or this very machine, and a folder or a file in it. */
  | { readonly state: 'not-an-address' }
  /** Nothing came, or the server lets no other page look at it. */
  | { readonly state: 'unreachable' }
  /** It is another page altogether. */
  | { readonly state: 'not-ours' }
  | { readonly state: 'unchanged'; readonly version: string; readonly files: number }
  /** By hand, or because it is of another version. */
  | { readonly state: 'changed'; readonly version: string; readonly files: readonly string[] };

/** One file of the page; undefined where none came. */
export type LoadFile = (url: string) => Promise<Uint8Array<ArrayBuffer> | undefined>;

/** More than any file of the page. */
const maxFileBytes = 4_000_000;
const entry = 'index.html';
const oneFile = 'one-file/index.html';
const sign = '<title>FreeFlow Connect</title>';

/** The address in the spelling in which links begin with it; undefined where it cannot be that of a page. */
export function guestPageAddress(typed: string): string | undefined {
  const text = typed.trim();
  const whole = text.includes('://') ? text : `https://${text}`;
  if (!URL.canParse(whole) || /[?#\s]/.test(whole)) return undefined;
  const { href, pathname } = new URL(whole);
  // A folder without its slash would lead its files astray.
  const address = href.endsWith('/') || /\.[a-z]+$/i.test(pathname) ? href : `${href}/`;
  return isAcceptablePage(address) ? address : undefined;
}

export async function checkGuestPage(
  typed: string,
  { version, files }: GuestPageFacts,
  { load, sealer }: { readonly load: LoadFile; readonly sealer: Pick<Sealer, 'sha256'> },
): Promise<PageVerdict> {
  const address = guestPageAddress(typed);
  if (address === undefined) return { state: 'not-an-address' };
  const page = await load(address);
  if (!page) return { state: 'unreachable' };
  const hashOf = async (file: Uint8Array<ArrayBuffer>) => toHex(await sealer.sha256(file));
  const hash = await hashOf(page);
  if (hash === files[oneFile]) return { state: 'unchanged', version, files: 1 };
  if (!new TextDecoder().decode(page).includes(sign)) return { state: 'not-ours' };
  // What a changed page loads is its own affair.
  if (hash !== files[entry]) return { state: 'changed', version, files: [entry] };
  const others = Object.keys(files).filter((name) => name !== entry && name !== oneFile);
  const wrong = await Promise.all(
    others.map(async (name) => {
      const file = await load(new URL(name, address).href);
      return file !== undefined && (await hashOf(file)) === files[name] ? [] : [name];
    }),
  );
  const changed = wrong.flat();
  return changed.length > 0
    ? { state: 'changed', version, files: changed }
    : { state: 'unchanged', version, files: others.length + 1 };
}

/** Loads a file of a page over the network. */
export const loadFile: LoadFile = async (url) => {
  try {
    const response = await fetch(url, { cache: 'no-store', credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!response.ok || Number(response.headers.get('content-length') ?? 0) > maxFileBytes) return undefined;
    return new Uint8Array(await response.arrayBuffer());
  } catch {
    return undefined;
  }
};
