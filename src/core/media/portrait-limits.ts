// How large portraits are (docs/protocol.md#portraits). Apart from what reads one, which a page needs once somebody sends theirs.

/** How large our own are, each side, in pixels. */
export const portraitSide = 192;
/** Of the file, in bytes. */
export const maxPortraitBytes = 12_000;
/** The same as base64url. */
export const maxPortraitText = Math.ceil((maxPortraitBytes * 4) / 3);
