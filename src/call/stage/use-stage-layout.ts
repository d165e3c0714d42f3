// The boxes of everybody on the stage for its size now, and the page that is looked at.
import type { RefObject } from 'preact';
import { useState } from 'preact/hooks';
import type { Large } from '../../core/stage/stage-view.ts';
import { type Box, layOutLarge, layOutTiles } from '../../core/stage/tile-layout.ts';
import { useElementSize } from '../kit/use-element-size.ts';

export interface StageLayout {
  readonly isMeasured: boolean;
  /** Of those on this page, by id. */
  readonly boxes: ReadonlyMap<string, Box>;
  readonly large: Box | undefined;
  /** From the edges of the stage to the corner of the large place, or of everything. */
  readonly corner: { readonly right: number; readonly bottom: number };
  readonly page: number;
  readonly pages: number;
  readonly turn: (by: 1 | -1) => void;
}

/** `ids` in order, with whoever is large among them. */
export function useStageLayout(
  stage: RefObject<HTMLElement>,
  ids: readonly string[],
  large: Large | undefined,
): StageLayout {
  const area = useElementSize(stage);
  const [wanted, setWanted] = useState(0);
  const isNarrow = area.width < 480;
  const gap = isNarrow ? 8 : area.width < 960 ? 12 : 16;
  const others = large?.what === 'person' ? ids.filter((id) => id !== large.id) : ids;
  const place = large && layOutLarge(others.length, area, gap);
  const laidOut = place
    ? place.strip
    : layOutTiles({ count: others.length, area, gap, minHeight: isNarrow ? 110 : 150 });
  const page = Math.max(0, Math.min(wanted, laidOut.length - 1));
  const before = laidOut.slice(0, page).reduce((sum, boxes) => sum + boxes.length, 0);
  const boxes = new Map((laidOut[page] ?? []).map((box, i) => [others[before + i] ?? '', box]));
  if (place && large?.what === 'person') boxes.set(large.id, place.large);
  return {
    isMeasured: area.width > 0,
    boxes,
    large: place?.large,
    corner: {
      right: place ? area.width - place.large.width : 0,
      bottom: place ? area.height - place.large.height : 0,
    },
    page,
    pages: laidOut.length,
    turn: (by) => setWanted(Math.max(0, Math.min(page + by, laidOut.length - 1))),
  };
}
