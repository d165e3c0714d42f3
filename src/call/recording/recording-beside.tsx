// What stands beside every view of a call because of recordings: the question, and what is said and heard when one begins or ends.
import { effect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { enumeration } from '../../ui/format/enumeration.ts';
import { announce } from '../../ui/live-region.tsx';
import { TonePlayer } from '../../ui/sound/tone-player.ts';
import { text } from '../../ui/texts/text.ts';
import type { OwnModel } from '../model/own-model.ts';
import type { CallRecordings, RecordingNews } from '../model/recording-model.ts';
import { RecordingQuestion } from './recording-question.tsx';

interface Props {
  readonly recordings: CallRecordings;
  readonly chosen: OwnModel['chosen'];
}

const sentences = {
  'no-room': 'recordingNoRoom',
  'disk-full': 'recordingDiskFull',
  failed: 'recordingFailed',
} as const;

function newsWords(news: RecordingNews): string {
  switch (news.news) {
    case 'nobody-agreed':
      return text('recordingNobodyAgreed', enumeration(news.names));
    case 'stopped':
      return news.by === undefined ? text('recordingStopped') : text('recordingStoppedBy', news.by);
    case 'marked':
      return news.by === undefined ? text('recordingMarked') : text('recordingMarkedBy', news.by);
    case 'forgotten':
      return text('recordingForgotten', news.name);
    default:
      return text(sentences[news.news]);
  }
}

/** Recordings that write now: id -> the name of whoever records, '' for the person here. */
function running({ theirs, own }: CallRecordings['model']): ReadonlyMap<string, string> {
  const on = theirs.value.filter(({ state }) => state === 'on').map(({ id, name }) => [id, name] as const);
  return new Map([...on, ...(own.value?.state === 'on' ? ([['', '']] as const) : [])]);
}

export function RecordingBeside({ recordings, chosen }: Props) {
  const { model } = recordings;
  useEffect(() => {
    const tones = new TonePlayer();
    let before = running(model);
    const stopHearing = effect(() => {
      const now = running(model);
      const begun = [...now].filter(([id]) => !before.has(id));
      const over = [...before].filter(([id]) => !now.has(id));
      before = now;
      if (begun.length + over.length === 0) return;
      tones.play('recording', { speakerId: chosen.peek().speakerId });
      const said = [
        ...begun.map(([, name]) => (name === '' ? text('recordingYouBegan') : text('recordingBegan', name))),
        ...over.flatMap(([, name]) => (name === '' ? [] : [text('recordingEnded', name)])),
      ];
      if (said.length > 0) announce(said.join(' '));
    });
    const stopNews = model.news.subscribe((news) => {
      if (news) announce(newsWords(news));
    });
    return () => {
      stopHearing();
      stopNews();
    };
  }, [recordings]);
  return <RecordingQuestion recordings={recordings} />;
}
