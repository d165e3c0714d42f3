// The fields that entries are made of. Whether a body is valid must not depend on tables that differ between browsers (Unicode, the reading of
// addresses): lengths and digits decide, and texts are cleaned as they are read.
import * as v from 'valibot';
import { cleanDisplayName } from '../base/display-name.ts';
import { cleanFileName } from '../base/file-name.ts';
import { byteString, whole } from '../base/wire-object.ts';
import { isAcceptableRelayUrl } from '../network/relay-address.ts';
import { cleanText } from '../transfer/chat.ts';

export const keyText = byteString(32);
export const hashText = byteString(32);
export const secretText = byteString(16);

const text = (most: number) => v.pipe(v.string(), v.minLength(1), v.maxLength(most));

/** Several lines. '' once nothing of it would be seen. */
export const longText = v.pipe(text(10_000), v.transform(cleanText));
export const shortText = v.pipe(v.string(), v.maxLength(500), v.transform(cleanText));
/** One line. */
export const title = v.pipe(
  text(200),
  v.transform((raw) => cleanText(raw.replace(/[\n\t]+/g, ' '))),
);
export const personName = v.pipe(v.string(), v.maxLength(128), v.transform(cleanDisplayName));
export const fileName = v.pipe(text(255), v.transform(cleanFileName));
export const mediaType = v.pipe(v.string(), v.regex(/^(?:[a-z0-9.+-]{1,64}\/[a-z0-9.+-]{1,64})?$/));
/** At most three count; what is no relay is left out. */
export const relays = v.pipe(
  v.array(v.pipe(v.string(), v.maxLength(300))),
  v.maxLength(3),
  v.transform((urls) => urls.filter(isAcceptableRelayUrl)),
);
export const emoji = text(32);

/** In ms since the epoch. */
export const moment = whole(0, 2 ** 48);
export const minutes = whole(1, 1_440);
/** Up to 2^40 bytes: more than any browser keeps. */
export const size = whole(0, 2 ** 40);
/** A place between two others; compared as text. */
export const order = v.pipe(v.string(), v.regex(/^[0-9A-Za-z]{1,64}$/));
/** What a member calls something, for others to name it. */
export const shortName = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/));
export const colour = v.pipe(v.string(), v.regex(/^[a-z]{1,16}$/));
/** A place on a canvas. */
export const place = whole(-1_000_000, 1_000_000);
export const people = v.pipe(v.array(keyText), v.maxLength(216));
