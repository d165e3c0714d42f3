// The portrait of a person: a small still picture that people may send to their contacts (docs/protocol.md#portraits). Pure.
import { type Bytes, fromBase64url } from '../base/bytes.ts';
import { pictureHeader } from '../transfer/picture-header.ts';
import { maxPortraitBytes, maxPortraitText } from './portrait-limits.ts';

/** The largest that is taken from others, each side, in pixels. */
const largestSide = 256;

/** Whether it may be given to a decoder (docs/hostile-cases.md#e86): a JPEG file, small in bytes and in pixels. One picture, so that nothing in it moves. */
export function isPortrait(bytes: Uint8Array): boolean {
  if (bytes.length === 0 || bytes.length > maxPortraitBytes) return false;
  const header = pictureHeader(bytes);
  return header?.type === 'image/jpeg' && header.width <= largestSide && header.height <= largestSide;
}

/** What somebody sent as theirs; undefined for what is none. */
export function readPortrait(text: string): Bytes | undefined {
  const bytes = text.length <= maxPortraitText ? fromBase64url(text) : undefined;
  return bytes && isPortrait(bytes) ? bytes : undefined;
}
