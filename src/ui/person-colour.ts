// The colour of a person wherever they are shown without a picture.

/**
 * One of 24 hues of the same lightness: white letters stay readable on all of them. It follows from the key, so that two people of one
 * name look different.
 * @param id Ed25519 public key, hex.
 */
export function personColour(id: string): string {
  return `oklch(0.46 0.09 ${((Number.parseInt(id.slice(0, 4), 16) || 0) % 24) * 15})`;
}
