// Draws a portrait anew from any picture: the middle of it, square and small. What is kept and shown is what was drawn here, never a file
// of somebody else.
import type { Bytes } from '../../core/base/bytes.ts';
import { maxPortraitBytes, portraitSide } from '../../core/media/portrait-limits.ts';

const qualities = [0.86, 0.74, 0.6, 0.4];

/** @throws what the browser says of a picture that it cannot read. */
export async function drawPortrait(picture: Blob): Promise<Bytes> {
  const bitmap = await createImageBitmap(picture);
  try {
    const canvas = new OffscreenCanvas(portraitSide, portraitSide);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const side = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    // What can be seen through becomes white: the format knows no holes.
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, portraitSide, portraitSide);
    context.drawImage(bitmap, left, top, side, side, 0, 0, portraitSide, portraitSide);
    for (const quality of qualities) {
      const drawn = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (drawn.size <= maxPortraitBytes) return new Uint8Array(await drawn.arrayBuffer());
    }
    throw new Error('no portrait is small enough');
  } finally {
    bitmap.close();
  }
}
