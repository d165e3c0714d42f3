// Paints a moment of a film: everybody in their place, by picture or by initials, with their name.
import type { VideoSample } from 'mediabunny';
import type { Scene } from '../../core/recording/composite-plan.ts';
import type { Box, Size } from '../../core/stage/tile-layout.ts';

type Context = OffscreenCanvasRenderingContext2D;

/** How somebody is shown without a picture. */
export interface Look {
  readonly name: string;
  readonly initials: string;
  readonly colour: string;
}

export interface PainterParts {
  readonly size: Size;
  readonly looks: Readonly<Record<string, Look>>;
  /** On the place of whoever did not agree. */
  readonly notRecorded: string;
}

/** As on the stage of a call. */
const colours = { behind: '#000000', tile: '#1c2624', plate: 'rgb(8 13 12 / 85%)', words: '#ffffff' } as const;
const font = 'system-ui, "Noto Sans", sans-serif';
const nobody: Look = { name: '', initials: '?', colour: colours.tile };

/** The largest place of this shape in the middle of a box. */
function fitted(box: Box, { width, height }: Size): Box {
  if (width <= 0 || height <= 0) return box;
  const scale = Math.min(box.width / width, box.height / height);
  const inside = { width: width * scale, height: height * scale };
  return {
    ...inside,
    left: box.left + (box.width - inside.width) / 2,
    top: box.top + (box.height - inside.height) / 2,
  };
}

export class FilmPainter {
  readonly canvas: OffscreenCanvas;
  readonly #context: Context;
  readonly #parts: PainterParts;

  /** Throws where the browser paints nothing in a worker. */
  constructor(parts: PainterParts) {
    this.canvas = new OffscreenCanvas(parts.size.width, parts.size.height);
    const context = this.canvas.getContext('2d', { alpha: false });
    if (!context) throw new Error('no canvas');
    this.#context = context;
    this.#parts = parts;
  }

  /** @param pictureOf the picture of a file that is there now. */
  paint(places: Scene['places'], pictureOf: (file: string) => VideoSample | undefined): void {
    const { width, height } = this.#parts.size;
    this.#fill({ left: 0, top: 0, width, height }, colours.behind);
    for (const { person, box, picture } of places) {
      const sample = picture.shows === 'video' ? pictureOf(picture.file) : undefined;
      this.#fill(box, colours.tile);
      const look = this.#parts.looks[person] ?? nobody;
      if (sample) {
        const at = fitted(box, { width: sample.displayWidth, height: sample.displayHeight });
        sample.draw(this.#context, at.left, at.top, at.width, at.height);
      } else this.#paintInitials(box, look);
      const words = picture.shows === 'not-recorded' ? `${look.name} · ${this.#parts.notRecorded}` : look.name;
      if (words !== '') this.#paintPlate(box, words);
    }
  }

  #fill({ left, top, width, height }: Box, colour: string): void {
    this.#context.fillStyle = colour;
    this.#context.fillRect(left, top, width, height);
  }

  #paintInitials({ left, top, width, height }: Box, { initials, colour }: Look): void {
    const context = this.#context;
    const size = Math.min(width, height) * 0.4;
    const [x, y] = [left + width / 2, top + height / 2];
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, size / 2, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = colours.words;
    context.font = `600 ${size * 0.4}px ${font}`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillText(initials, x, y);
  }

  /** A name that is too long for its place becomes narrower. */
  #paintPlate({ left, top, width, height }: Box, words: string): void {
    const context = this.#context;
    const size = Math.min(22, Math.max(11, height * 0.06));
    const [margin, padding] = [size * 0.5, size * 0.5];
    context.font = `${size}px ${font}`;
    const room = width - 2 * (margin + padding);
    if (room <= 0) return;
    const wide = Math.min(room, context.measureText(words).width);
    const plate = {
      left: left + margin,
      top: top + height - margin - size * 1.6,
      width: wide + 2 * padding,
      height: size * 1.6,
    };
    this.#fill(plate, colours.plate);
    context.fillStyle = colours.words;
    context.textAlign = 'left';
    context.textBaseline = 'middle';
    context.fillText(words, plate.left + padding, plate.top + plate.height / 2, room);
  }
}
