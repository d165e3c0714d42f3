// The signals of recordings, before anything was recorded.
import { signal } from '@preact/signals';
import type { OwnRecording, RecordingModel, RecordingNews, TheirRecording } from '../model/recording-model.ts';

export function emptyRecordingModel(): RecordingModel {
  return {
    theirs: signal<readonly TheirRecording[]>([]),
    own: signal<OwnRecording | undefined>(undefined),
    hasKept: signal(false),
    news: signal<RecordingNews | undefined>(undefined),
  };
}
