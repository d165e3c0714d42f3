// A note to be read: as lists and paragraphs, with who wrote what if that is asked for.
import type { ComponentChildren } from 'preact';
import { withoutTurns } from '../../core/base/visible-text.ts';
import type { NoteLine, NoteRun } from '../../core/room/reading/note-lines.ts';
import { farAttributes, farLink } from '../../ui/far-link.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { personColour } from '../../ui/person-colour.ts';
import { text } from '../../ui/texts/text.ts';

/** Who wrote letters: what they are called, and the id that their colour follows. */
export type WriterOf = (client: number) => { readonly name: string; readonly id: string };

interface LinesProps {
  readonly lines: readonly NoteLine[];
  /** Shows who wrote what. */
  readonly writerOf?: WriterOf | undefined;
}

function Words({ run }: { readonly run: NoteRun }) {
  const words = withoutTurns(run.text);
  let shown: ComponentChildren = run.code ? <code>{words}</code> : words;
  if (run.italic) shown = <em>{shown}</em>;
  if (run.bold) shown = <strong>{shown}</strong>;
  const far = run.link === '' ? undefined : farLink(run.link);
  if (!far) return <>{shown}</>;
  return (
    <a href={far.href} title={far.href} {...farAttributes}>
      {shown}
      {far.isSaidBy(words) ? null : (
        <>
          {' '}
          <bdi class="note-link-host" dir="ltr">
            {far.where}
          </bdi>
        </>
      )}
    </a>
  );
}

interface RunsProps {
  readonly runs: readonly NoteRun[];
  readonly isDone?: boolean;
  readonly writerOf?: WriterOf | undefined;
}

function Runs({ runs, isDone = false, writerOf }: RunsProps) {
  if (runs.length === 0) return <br />;
  const names = writerOf ? [...new Set(runs.map(({ client }) => writerOf(client).name))] : [];
  const shown = runs.map((run, i) => {
    const writer = writerOf?.(run.client);
    const key = `${i} ${run.text.length}`;
    return writer ? (
      <span key={key} class="note-by" title={writer.name} style={{ borderColor: personColour(writer.id) }}>
        <Words run={run} />
      </span>
    ) : (
      <Words key={key} run={run} />
    );
  });
  return (
    <>
      {isDone ? <span class="note-letters done">{shown}</span> : shown}
      {names.length === 0 ? null : <span class="note-writers">{enumeration(names)}</span>}
    </>
  );
}

const isPoint = ({ kind }: NoteLine): boolean => kind === 'bullet' || kind === 'number' || kind === 'check';

/** Neighbours that belong together. */
function grouped(lines: readonly NoteLine[], isSame: (one: NoteLine, other: NoteLine) => boolean): NoteLine[][] {
  const groups: NoteLine[][] = [];
  for (const line of lines) {
    const last = groups.at(-1);
    if (last?.[0] && isSame(last[0], line)) last.push(line);
    else groups.push([line]);
  }
  return groups;
}

function Points({ lines, writerOf }: LinesProps) {
  const depth = Math.min(...lines.map(({ indent }) => indent));
  const points: { readonly line: NoteLine; readonly inner: NoteLine[] }[] = [];
  for (const line of lines) {
    const last = points.at(-1);
    if (last && line.indent > depth) last.inner.push(line);
    else points.push({ line, inner: [] });
  }
  const shown = points.map(({ line, inner }, i) => (
    <li key={`${i} ${line.kind}`} class={line.kind === 'check' ? 'note-check' : undefined} dir="auto">
      {line.kind === 'check' ? (
        <span
          class={line.done ? 'note-box done' : 'note-box'}
          role="img"
          aria-label={text(line.done ? 'roomNoteDone' : 'roomNoteNotDone')}
        />
      ) : null}
      <Runs runs={line.runs} isDone={line.done} writerOf={writerOf} />
      {inner.length === 0 ? null : <PointsOf lines={inner} writerOf={writerOf} />}
    </li>
  ));
  return lines[0]?.kind === 'number' ? <ol>{shown}</ol> : <ul>{shown}</ul>;
}

/** Lists one after the other: numbers are others than points. */
function PointsOf({ lines, writerOf }: LinesProps) {
  const depth = Math.min(...lines.map(({ indent }) => indent));
  const groups = grouped(
    lines,
    (one, other) => other.indent > depth || (one.kind === 'number') === (other.kind === 'number'),
  );
  return (
    <>
      {groups.map((group, i) => (
        <Points key={`${i} ${group.length}`} lines={group} writerOf={writerOf} />
      ))}
    </>
  );
}

function Block({ lines, writerOf }: LinesProps) {
  const [first] = lines;
  if (!first) return null;
  if (isPoint(first)) return <PointsOf lines={lines} writerOf={writerOf} />;
  const each = (line: NoteLine) => <Runs runs={line.runs} writerOf={writerOf} />;
  switch (first.kind) {
    case 'head-1':
      return <h4 dir="auto">{each(first)}</h4>;
    case 'head-2':
      return <h5 dir="auto">{each(first)}</h5>;
    case 'head-3':
      return <h6 dir="auto">{each(first)}</h6>;
    case 'code':
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than its place is scrolled by keys.
        <pre dir="ltr" tabIndex={0}>
          {lines.map((line, i) => (
            <code key={`${i} ${line.runs.length}`}>{each(line)}</code>
          ))}
        </pre>
      );
    case 'quote':
      return (
        <blockquote>
          {lines.map((line, i) => (
            <p key={`${i} ${line.runs.length}`} dir="auto">
              {each(line)}
            </p>
          ))}
        </blockquote>
      );
    default:
      return <p dir="auto">{each(first)}</p>;
  }
}

export function NoteLinesView({ lines, writerOf }: LinesProps) {
  const groups = grouped(
    lines,
    (one, other) =>
      (isPoint(one) && isPoint(other)) || (one.kind === other.kind && (one.kind === 'code' || one.kind === 'quote')),
  );
  return (
    <div class="note-page note-read">
      {groups.map((group, i) => (
        <Block key={`${i} ${group.length}`} lines={group} writerOf={writerOf} />
      ))}
    </div>
  );
}
