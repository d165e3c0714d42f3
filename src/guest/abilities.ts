// What this browser lacks of what a call needs, looked at before anything of a call is loaded. One lack is named at a time: the one that a
// person can do something about first.
import { canCall, hasDevices } from '../ui/abilities/call-abilities.ts';
import type { Lack } from './model/visit-model.ts';

/** What was found out about the browser that shows this page. */
export interface BrowserFacts {
  /** The page is a page by itself, not a part of another one. */
  readonly isTop: boolean;
  /** Where browsers give out cameras and keys: TLS, this very machine, a file. */
  readonly isSecure: boolean;
  readonly userAgent: string;
  readonly hasDevices: boolean;
  readonly hasSockets: boolean;
  readonly hasConnections: boolean;
  /** It tells which certificate the other side of a connection has shown. */
  readonly showsCertificates: boolean;
  /** It makes keys on both of our curves. */
  readonly hasCurves: boolean;
}

/** Browsers inside of apps: the names by which the large ones call themselves, and what Android's WebView says of itself. */
const inApp =
  /FBAN|FBAV|FB_IAB|Instagram|Line\/|Twitter|Snapchat|Pinterest|LinkedInApp|MicroMessenger|TikTok|musical_ly|GSA\/|; wv\)/;

/** The lack that stands in the way; undefined where nothing does. */
export function lackOf(
  facts: BrowserFacts,
): Extract<Lack, 'framed' | 'not-secure' | 'in-app' | 'no-calls' | 'too-old'> | undefined {
  if (!facts.isTop) return 'framed';
  if (!facts.isSecure) return 'not-secure';
  if (!facts.hasDevices && inApp.test(facts.userAgent)) return 'in-app';
  if (!facts.hasConnections) return 'no-calls';
  return facts.hasSockets && facts.showsCertificates && facts.hasCurves ? undefined : 'too-old';
}

async function makesKeys(): Promise<boolean> {
  try {
    const usages: Readonly<Record<'Ed25519' | 'X25519', readonly KeyUsage[]>> = {
      Ed25519: ['sign', 'verify'],
      X25519: ['deriveBits'],
    };
    for (const [name, usage] of Object.entries(usages)) await crypto.subtle.generateKey({ name }, false, usage);
    return true;
  } catch {
    return false;
  }
}

/** Looks at this browser. Asks nobody for anything: no camera, no network. */
export async function factsOfThisBrowser(): Promise<BrowserFacts> {
  const isSecure = isSecureContext && 'subtle' in crypto;
  return {
    isTop: window.top === window,
    isSecure,
    userAgent: navigator.userAgent,
    hasDevices: hasDevices(),
    hasSockets: typeof WebSocket === 'function',
    hasConnections: canCall(),
    showsCertificates: typeof RTCDtlsTransport === 'function' && 'getRemoteCertificates' in RTCDtlsTransport.prototype,
    hasCurves: isSecure && (await makesKeys()),
  };
}
