// What a recording's card says and offers about its film.
import { text } from '../../ui/texts/text.ts';
import type { FilmFailure } from './film-worker.ts';
import type { Films } from './films.ts';

interface Props {
  readonly id: string;
  readonly films: Films;
  /** The page that made it was closed before it was whole. */
  readonly wasInterrupted: boolean;
}

const failures = {
  'disk-full': 'recordingsFilmDiskFull',
  'no-codec': 'recordingsFilmNoCodec',
  'nothing-in': 'recordingsNothingIn',
  elsewhere: 'recordingsFilmElsewhere',
  failed: 'recordingsFilmFailed',
} as const satisfies Readonly<Record<FilmFailure, string>>;

export function FilmPart({ id, films, wasInterrupted }: Props) {
  const state = films.states.value.get(id);
  if (!state) return wasInterrupted ? <p>{text('recordingsFilmInterrupted')}</p> : null;
  if (state.state === 'failed') return <p class="problem">{text(failures[state.why])}</p>;
  // Those after the first wait for it, and a sentence that several say is heard once.
  const isFirst = [...films.states.value].find(([, { state: of }]) => of !== 'failed')?.[0] === id;
  const isHeldUp = isFirst && films.isInCall.value;
  const percent = state.state === 'making' ? Math.floor(state.share * 100) : 0;
  const words = isHeldUp ? 'recordingsFilmAfterCall' : state.state === 'making' ? 'recordingsFilmMaking' : undefined;
  return (
    <div class="film-work">
      <p role={isFirst ? 'status' : undefined}>{text(words ?? 'recordingsFilmWaiting')}</p>
      {state.state === 'making' && (
        <>
          <progress max={100} value={percent} aria-label={text('recordingsFilmProgress')} />
          <span class="film-percent">{text('recordingsPercent', String(percent))}</span>
        </>
      )}
      <button type="button" class="button" onClick={() => films.cancel(id)}>
        {text('recordingsFilmCancel')}
      </button>
    </div>
  );
}
