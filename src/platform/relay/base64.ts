// Base64 with padding (RFC 4648 section 4), for dialects whose frames are text. Knows no dialect.
import type { Bytes } from '../../core/base/bytes.ts';

/** Base64 with padding. */
export function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary);
}

/** Bytes of base64 with padding, or undefined when the text is anything else or longer than `maxLength` characters. */
export function fromBase64(text: string, maxLength: number): Bytes | undefined {
  if (text.length > maxLength || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
