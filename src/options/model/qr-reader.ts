// Reads a QR code out of a picture. Pictures are made smaller first: a code that fills part of a photo needs no more.
import { decodeQR } from 'qr/decode.js';

const maxSide = 1600;

function decode(source: CanvasImageSource, width: number, height: number): string | undefined {
  if (width === 0 || height === 0) return undefined;
  const scale = Math.min(1, maxSide / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(width * scale));
  canvas.height = Math.max(1, Math.round(height * scale));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return undefined;
  // Codes are often saved on a transparent ground.
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(source, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  try {
    return decodeQR({ width: canvas.width, height: canvas.height, data });
  } catch {
    return undefined;
  }
}

export function readQrFromVideo(video: HTMLVideoElement): string | undefined {
  return decode(video, video.videoWidth, video.videoHeight);
}

/** @returns the content of the code, or undefined when the file is no picture or holds no readable code. */
export async function readQrFromImage(file: File): Promise<string | undefined> {
  try {
    const picture = await createImageBitmap(file);
    const content = decode(picture, picture.width, picture.height);
    picture.close();
    return content;
  } catch {
    return undefined;
  }
}
