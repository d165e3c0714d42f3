// Camera and microphone files for Chromium's fake devices: each profile has a colour and a tone of its own,
// so that a test can tell whose picture and whose voice arrived.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export type ColourName = 'red' | 'green' | 'blue' | 'yellow';

/** What one profile shows and says. */
export type MediaSpec = { readonly colour: ColourName; readonly toneHz: number };

/** The files made for it, and the spec they were made from. */
export type MediaFiles = MediaSpec & { readonly videoFile: string; readonly audioFile: string };

export const aliceMedia: MediaSpec = { colour: 'red', toneHz: 440 };
export const bobMedia: MediaSpec = { colour: 'blue', toneHz: 880 };
export const carolMedia: MediaSpec = { colour: 'green', toneHz: 660 };
export const daveMedia: MediaSpec = { colour: 'yellow', toneHz: 550 };

const yuv: Record<ColourName, readonly [number, number, number]> = {
  red: [82, 90, 240],
  green: [145, 54, 34],
  blue: [41, 240, 110],
  yellow: [210, 16, 146],
};

const width = 320;
const height = 240;
/** Enough to see that a picture moves: each frame is encoded, decoded and painted by the test machine itself. */
const framesPerSecond = 8;
const frames = 24;
const block = 48;

/** Paints one 4:2:0 frame: a flat field with a grey block that wanders from left to right. */
function frameBytes(colour: ColourName, index: number): Buffer {
  const [y, u, v] = yuv[colour];
  const luma = Buffer.alloc(width * height, y);
  const chroma = (width / 2) * (height / 2);
  const planes = [Buffer.alloc(chroma, u), Buffer.alloc(chroma, v)] as const;
  const left = Math.round(((width - block) * index) / frames / 2) * 2;
  const top = (height - block) / 2;
  for (let row = top; row < top + block; row += 1) luma.fill(170, row * width + left, row * width + left + block);
  for (const plane of planes)
    for (let row = top / 2; row < (top + block) / 2; row += 1)
      plane.fill(128, (row * width) / 2 + left / 2, (row * width) / 2 + (left + block) / 2);
  return Buffer.concat([Buffer.from('FRAME\n'), luma, ...planes]);
}

/** A 16-bit mono WAV that swells and fades twice a second: a steady tone would be removed as noise. */
function wavBytes(toneHz: number): Buffer {
  const rate = 48_000;
  const samples = rate * 3;
  const body = Buffer.alloc(samples * 2);
  for (let i = 0; i < samples; i += 1) {
    const time = i / rate;
    const swell = 0.5 - 0.5 * Math.cos(2 * Math.PI * 2 * time);
    body.writeInt16LE(Math.round(20_000 * swell * Math.sin(2 * Math.PI * toneHz * time)), i * 2);
  }
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + body.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate * 2, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(body.length, 40);
  return Buffer.concat([head, body]);
}

/** Writes `camera.y4m` (3 MB) and `microphone.wav` (0.3 MB) into `dir`: three seconds that Chromium loops. */
export async function writeMedia(dir: string, spec: MediaSpec): Promise<MediaFiles> {
  const videoFile = join(dir, 'camera.y4m');
  const audioFile = join(dir, 'microphone.wav');
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`);
  const pictures = Array.from({ length: frames }, (_, index) => frameBytes(spec.colour, index));
  await writeFile(videoFile, Buffer.concat([header, ...pictures]));
  await writeFile(audioFile, wavBytes(spec.toneHz));
  return { ...spec, videoFile, audioFile };
}
