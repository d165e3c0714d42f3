// The picture that every camera of the mesh shows.
import { writeFileSync } from 'node:fs';

/**
 * Three seconds of a texture that moves, with the noise of a camera: flat pictures cost an encoder nothing.
 * @param {string} file
 * @param {number} width
 * @param {number} height
 * @param {number} fps
 */
export function writeCamera(file, width, height, fps) {
  const frames = 3 * fps;
  const noise = new Uint8Array(1 << 16);
  let seed = 1;
  for (let i = 0; i < noise.length; i += 1) {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    noise[i] = (seed >>> 16) % 7;
  }
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const parts = [Buffer.from(`YUV4MPEG2 W${width} H${height} F${fps}:1 Ip A1:1 C420jpeg\n`)];
  for (let frame = 0; frame < frames; frame += 1) {
    const luma = Buffer.alloc(width * height);
    const turn = (2 * Math.PI * frame) / frames;
    const centreX = width / 2 + (width / 8) * Math.sin(turn);
    const centreY = height / 2 + (height / 16) * Math.cos(turn);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1) {
        const dx = (x - centreX) / (height * 0.28);
        const dy = (y - centreY) / (height * 0.38);
        // A head that moves before a still wall with a pattern.
        const isHead = dx * dx + dy * dy < 1;
        const value = isHead
          ? 150 + 40 * Math.sin(dx * 9) * Math.cos(dy * 7)
          : 90 + 30 * Math.sin((x * 40) / width) * Math.sin((y * 30) / height);
        luma[y * width + x] = value + (noise[(x * 31 + y * 977 + frame * 7919) & 0xffff] ?? 0);
      }
    parts.push(Buffer.from('FRAME\n'), luma, chroma);
  }
  writeFileSync(file, Buffer.concat(parts));
}
