// Where people stand on the stage: the largest equal tiles for a number of them in an area, in pages where tiles would become too small,
// or one large place with the others in a strip beside it. Pure geometry in CSS pixels.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/** The shapes of a tile: between a portrait-friendly 4:3 and a cinema screen. */
export const narrowestShape = 4 / 3;
export const widestShape = 17 / 9;

export interface TileRequest {
  readonly count: number;
  readonly area: Size;
  readonly gap: number;
  /** Tiles that would be lower go to further pages. */
  readonly minHeight: number;
}

interface Fit {
  readonly columns: number;
  readonly rows: number;
  readonly tile: Size;
}

/** The pages, each with the boxes of its tiles in order. Every page has tiles of the same size, in the middle of the area. */
export function layOutTiles({ count, area, gap, minHeight }: TileRequest): readonly (readonly Box[])[] {
  if (count <= 0 || area.width <= 0 || area.height <= 0) return [];
  let most = count;
  while (most > 1 && largestFit(most, area, gap).tile.height < minHeight) most -= 1;
  const pages = Math.ceil(count / most);
  // Rather 4 and 4 than 6 and 2.
  const perPage = Math.ceil(count / pages);
  const evenly = largestFit(perPage, area, gap);
  // Of two shapes that are equal but for a pixel, fewer people may get the lower one: then they take the places of more.
  const fit = evenly.tile.height < minHeight ? largestFit(most, area, gap) : evenly;
  return inPages(count, perPage).map((onPage) => placeRows(onPage, fit, area, gap));
}

/** Columns and rows for the largest tiles. Of equal ones, those with fewer empty places. */
function largestFit(count: number, area: Size, gap: number): Fit {
  let best: Fit | undefined;
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const room = {
      width: (area.width - gap * (columns - 1)) / columns,
      height: (area.height - gap * (rows - 1)) / rows,
    };
    if (room.width <= 0 || room.height <= 0) continue;
    const fit = { columns, rows, tile: shaped(room) };
    if (!best || isLarger(fit, best)) best = fit;
  }
  return best ?? { columns: 1, rows: count, tile: { width: 0, height: 0 } };
}

function isLarger(one: Fit, other: Fit): boolean {
  const difference = one.tile.width * one.tile.height - other.tile.width * other.tile.height;
  if (Math.abs(difference) > 1) return difference > 0;
  return one.columns * one.rows < other.columns * other.rows;
}

/** The largest allowed shape inside a room. */
function shaped({ width, height }: Size): Size {
  if (width / height > widestShape) return { width: height * widestShape, height };
  if (width / height < narrowestShape) return { width, height: width / narrowestShape };
  return { width, height };
}

function placeRows(count: number, { columns, tile }: Fit, area: Size, gap: number): readonly Box[] {
  const rows = Math.ceil(count / columns);
  const top = (area.height - rows * tile.height - (rows - 1) * gap) / 2;
  return Array.from({ length: count }, (_, i) => {
    const row = Math.floor(i / columns);
    const inRow = Math.min(columns, count - row * columns);
    const left = (area.width - inRow * tile.width - (inRow - 1) * gap) / 2;
    return {
      ...tile,
      left: left + (i % columns) * (tile.width + gap),
      top: top + row * (tile.height + gap),
    };
  });
}

function inPages(count: number, perPage: number): readonly number[] {
  return Array.from({ length: Math.ceil(count / perPage) }, (_, page) => Math.min(perPage, count - page * perPage));
}

/** The height of a tile beside the large place and the width of one under it, before a page is turned. */
const leastBeside = 88;
const leastUnder = 104;

export interface LargePlace {
  readonly large: Box;
  /** Those in the strip, page by page. */
  readonly strip: readonly (readonly Box[])[];
}

/** One large place, and `count` tiles in a strip: beside it where the area is wide, else under it. */
export function layOutLarge(count: number, area: Size, gap: number): LargePlace {
  const whole = { left: 0, top: 0, width: Math.max(0, area.width), height: Math.max(0, area.height) };
  if (count <= 0 || whole.width === 0 || whole.height === 0) return { large: whole, strip: [] };
  const isBeside = area.width > area.height * 1.2;
  const [length, least, tile] = isBeside
    ? ([area.height, leastBeside, besideTile(area)] as const)
    : ([area.width, leastUnder, underTile(area)] as const);
  // Rather a little smaller than on another page.
  const most = Math.max(1, Math.floor((length + gap) / (least + gap)));
  const perPage = Math.min(count, most);
  const room = (length - gap * (perPage - 1)) / perPage;
  const { width, height } = scaled(tile, Math.min(1, room / (isBeside ? tile.height : tile.width)));
  const step = (isBeside ? height : width) + gap;
  const strip = inPages(count, perPage).map((onPage) => {
    const start = (length - onPage * step + gap) / 2;
    return Array.from({ length: onPage }, (_, i) =>
      isBeside
        ? { width, height, left: area.width - width, top: start + i * step }
        : { width, height, left: start + i * step, top: area.height - height },
    );
  });
  const large = isBeside
    ? { ...whole, width: Math.max(0, area.width - width - gap) }
    : { ...whole, height: Math.max(0, area.height - height - gap) };
  return { large, strip };
}

function besideTile(area: Size): Size {
  const width = Math.min(between(area.width * 0.18, 136, 260), area.width / 2);
  return fitted({ width, height: (width * 9) / 16 }, area);
}

function underTile(area: Size): Size {
  const height = Math.min(between(area.height * 0.2, 84, 160), area.height / 2);
  return fitted({ width: height * narrowestShape, height }, area);
}

/** No larger than the area, in the same shape. */
function fitted(tile: Size, area: Size): Size {
  return scaled(tile, Math.min(1, area.width / tile.width, area.height / tile.height));
}

function scaled({ width, height }: Size, by: number): Size {
  return { width: width * by, height: height * by };
}

function between(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
