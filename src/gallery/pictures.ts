// Drawn pictures in place of cameras and screens: each a still canvas as a MediaStream, so that a picture of the gallery is the same twice.

interface Drawing {
  readonly width: number;
  readonly height: number;
  /** The colour of the wall behind. */
  readonly wall: string;
  readonly coat: string;
}

function draw({ width, height, wall, coat }: Drawing): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = wall;
  context.fillRect(0, 0, width, height);
  context.fillStyle = coat;
  context.beginPath();
  context.ellipse(width / 2, height * 1.05, width * 0.27, height * 0.45, 0, 0, Math.PI * 2);
  context.fill();
  context.fillStyle = '#e2b79a';
  context.beginPath();
  context.ellipse(width / 2, height * 0.42, height * 0.17, height * 0.22, 0, 0, Math.PI * 2);
  context.fill();
  return canvas;
}

/** A page with lines of text, as a shared screen. */
function drawScreen(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#20302c';
  context.font = `${height / 18}px sans-serif`;
  for (let line = 1; line < 14; line += 1)
    context.fillText(`${line}. What we agreed on, line ${line}`, 40, (line * height) / 15);
  return canvas;
}

const coats = ['#2f6f62', '#7a4b8c', '#b0562f', '#3c5ea8', '#8a7a2f', '#5c5c66', '#a83c5e', '#2f8ca8'];
const walls = ['#d9e4df', '#e6dced', '#f0dfd4', '#d8e0f0', '#e9e6d2', '#dcdce2', '#f1d9e0', '#d5e7ed'];

/** Somebody's camera. A canvas hands out a frame when it is drawn on, so it is drawn on again now and then. */
export function cameraOf(place: number, portrait = false): MediaStream {
  const [width, height] = portrait ? [480, 640] : [640, 360];
  return streamOf(
    draw({ width, height, wall: walls[place % walls.length] ?? '', coat: coats[place % coats.length] ?? '' }),
  );
}

export function sharedScreen(): MediaStream {
  return streamOf(drawScreen(1280, 720));
}

function streamOf(canvas: HTMLCanvasElement): MediaStream {
  const context = canvas.getContext('2d');
  const stream = canvas.captureStream(5);
  setInterval(() => context?.drawImage(canvas, 0, 0), 200);
  return stream;
}

/** Somebody's portrait, as a file. */
export async function portraitOf(place: number): Promise<Blob> {
  const [wall, coat] = [walls[place % walls.length] ?? '', coats[place % coats.length] ?? ''];
  const drawn = draw({ width: 300, height: 260, wall, coat });
  return new Promise((done) => drawn.toBlob((blob) => done(blob ?? new Blob()), 'image/png'));
}
