// The lines of a note out of its Yjs text, each run of letters with the number of whoever wrote it.
import * as Y from 'yjs';
import {
  type LineLook,
  lookOf,
  marksOf,
  type NoteAttributes,
  type NoteLine,
  type NoteRun,
  plainLine,
} from '../../core/room/reading/note-lines.ts';

/** The lines of a note: each ends with a line feed that says how it looks, the last one perhaps without. */
export function linesOf(text: Y.Text): readonly NoteLine[] {
  const lines: NoteLine[] = [];
  let runs: NoteRun[] = [];
  let attributes: NoteAttributes = {};
  const end = (look: LineLook) => {
    lines.push({ ...look, runs });
    runs = [];
  };
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content, id } = item;
    if (content instanceof Y.ContentFormat) {
      const { [content.key]: _before, ...rest } = attributes;
      attributes = content.value === null ? rest : { ...rest, [content.key]: content.value as unknown };
    }
    if (!(content instanceof Y.ContentString)) continue;
    for (const [i, letters] of content.str.split('\n').entries()) {
      if (i > 0) end(lookOf(attributes));
      if (letters !== '') add(runs, { ...marksOf(attributes), text: letters, client: id.client });
    }
  }
  if (runs.length > 0 || lines.length === 0) end(plainLine);
  return lines;
}

function add(runs: NoteRun[], run: NoteRun): void {
  const last = runs.at(-1);
  const isSame =
    last?.client === run.client &&
    last.bold === run.bold &&
    last.italic === run.italic &&
    last.code === run.code &&
    last.link === run.link;
  if (isSame) runs[runs.length - 1] = { ...last, text: last.text + run.text };
  else runs.push(run);
}
