// The name of a file from somebody else, made safe to show and to save (compare protocol E.14 for names of people).
import { utf8 } from './bytes.ts';

/** What file systems take, with room for " (1)". */
const maxBytes = 200;
const maxExtensionLength = 16;

/** Path separators, what Windows reserves, controls, bidi and zero-width characters, private use. */
const unsafe = /[/\\<>:"|?*\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/gu;
/** Names of devices on Windows, whatever their extension. */
const device = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/iu;

/**
 * A name of at most 200 bytes that is no path, hides no extension and opens no device. Cleaning twice changes nothing.
 * @returns 'file' when nothing is left.
 */
export function cleanFileName(raw: string): string {
  const oneLine = raw.slice(-1024).toWellFormed().replace(unsafe, '').replace(/\s+/gu, ' ').normalize('NFC');
  // A leading dot hides a file, a trailing one vanishes on Windows.
  const bare = oneLine.replace(/^[. ]+|[. ]+$/gu, '').replace(device, '_$&');
  const cut = shorten(bare);
  return cut === '' ? 'file' : cut;
}

/** Cuts the middle away: what kind of file it is stays visible. */
function shorten(name: string): string {
  if (utf8(name).length <= maxBytes) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= maxExtensionLength ? name.slice(dot) : '';
  let stem = '';
  const room = maxBytes - utf8(extension).length;
  for (const character of extension === '' ? name : name.slice(0, dot)) {
    if (utf8(stem + character).length > room) break;
    stem += character;
  }
  return `${stem.trimEnd()}${extension}`;
}
