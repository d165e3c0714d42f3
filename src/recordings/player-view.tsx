// A recording as it is watched: everybody's picture where it would stand on the stage of the call, one line of time, and the marks in it.
import { Pause, Play } from 'lucide-preact';
import { useEffect, useMemo } from 'preact/hooks';
import { compositePlan, type Scene } from '../core/recording/composite-plan.ts';
import type { KeptRecording } from '../core/recording/kept-recording.ts';
import type { ListedRecording } from '../platform/store/recording-store.ts';
import { Avatar } from '../ui/avatar.tsx';
import { clockText } from '../ui/format/duration.ts';
import { text } from '../ui/texts/text.ts';
import { Player } from './player.ts';
import { PlayerMarks } from './player-marks.tsx';
import type { ReadyTrack, RecordingsModel } from './recordings-model.ts';

const size = { width: 1280, height: 720 };
const stepMs = 5_000;

interface Props {
  readonly recording: ListedRecording;
  readonly tracks: readonly ReadyTrack[];
  readonly model: RecordingsModel;
}

export function PlayerView({ recording, tracks, model }: Props) {
  const player = useMemo(() => new Player(recording, tracks), [tracks]);
  const plan = useMemo(() => compositePlan(recording, size, player.film), [player]);
  useEffect(() => () => player.stop(), [player]);
  const atMs = player.atMs.value;
  const scene = plan.scenes.find(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs) ?? plan.scenes.at(-1);
  return (
    <section class="player" aria-label={text('recordingsPlayerOf', recording.name)}>
      <div class="player-stage">
        {tracks.map(({ segment, url }) => (
          <TrackVideo key={segment.file} file={segment.file} url={url} player={player} scene={scene} />
        ))}
        {scene?.places.map((place) =>
          place.picture.shows === 'video' ? null : (
            <div key={`${place.person} ${place.part}`} class="player-tile" style={placed(place.box)}>
              <Avatar id={place.person} name={nameIn(recording, place.person)} />
              {place.picture.shows === 'not-recorded' && <p class="player-plate">{text('recordingsNotRecorded')}</p>}
            </div>
          ),
        )}
      </div>
      <div class="player-controls">
        <button
          type="button"
          class="button"
          aria-label={text(player.isPlaying.value ? 'recordingsPause' : 'recordingsPlay')}
          onClick={() => player.toggle()}
        >
          {player.isPlaying.value ? <Pause size={18} aria-hidden="true" /> : <Play size={18} aria-hidden="true" />}
        </button>
        <input
          type="range"
          class="player-time"
          aria-label={text('recordingsTime')}
          aria-valuetext={clockText(atMs)}
          min={0}
          max={player.film.lengthMs}
          step={stepMs / 5}
          value={atMs}
          onInput={(event) => player.seek(Number(event.currentTarget.value))}
        />
        <span class="player-clock">
          {clockText(atMs)} / {clockText(player.film.lengthMs)}
        </span>
      </div>
      <PlayerMarks recording={recording} player={player} model={model} />
    </section>
  );
}

const nameIn = ({ people }: KeptRecording, id: string): string => people.find((one) => one.id === id)?.name ?? '';

/** In parts of the whole, whatever the size of the window. */
const placed = ({ left, top, width, height }: Scene['places'][number]['box']) => ({
  left: `${(left / size.width) * 100}%`,
  top: `${(top / size.height) * 100}%`,
  width: `${(width / size.width) * 100}%`,
  height: `${(height / size.height) * 100}%`,
});

interface TrackProps {
  readonly file: string;
  readonly url: string;
  readonly player: Player;
  readonly scene: Scene | undefined;
}

/** Heard wherever it stands; seen while the scene has a place for it. */
function TrackVideo({ file, url, player, scene }: TrackProps) {
  const place = scene?.places.find(({ picture }) => picture.shows === 'video' && picture.file === file);
  return (
    // biome-ignore lint/a11y/useMediaCaption: what people said in a call has no captions.
    <video
      ref={(element) => player.attach(file, element)}
      class={place ? 'player-tile' : 'visually-hidden'}
      style={place ? placed(place.box) : {}}
      src={url}
      preload="auto"
      playsInline
    />
  );
}
