// Draws a background anew from any picture: no larger than a call sends, and without what a file says beside its picture.
import type { Bytes } from '../../core/base/bytes.ts';
import { pictureSize } from '../../core/media/effects.ts';

const quality = 0.82;

/** @returns a JPEG. @throws what the browser says of a picture that it cannot read. */
export async function drawBackground(picture: Blob): Promise<Bytes> {
  const bitmap = await createImageBitmap(picture);
  try {
    const scale = Math.min(1, Math.max(pictureSize.width / bitmap.width, pictureSize.height / bitmap.height));
    // Of a very long picture only so much as is seen of it.
    const width = Math.min(pictureSize.width, Math.max(1, Math.round(bitmap.width * scale)));
    const height = Math.min(pictureSize.height, Math.max(1, Math.round(bitmap.height * scale)));
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    context.fillStyle = '#ffffff';
    context.fillRect(0, 0, width, height);
    const [wide, high] = [width / scale, height / scale];
    const [left, top] = [(bitmap.width - wide) / 2, (bitmap.height - high) / 2];
    context.drawImage(bitmap, left, top, wide, high, 0, 0, width, height);
    const drawn = await canvas.convertToBlob({ type: 'image/jpeg', quality });
    return new Uint8Array(await drawn.arrayBuffer());
  } finally {
    bitmap.close();
  }
}
