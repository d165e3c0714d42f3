// What views show of recordings in a call, and what people can do about them: those of others, which one answers, and the own one. Written by
// recording/call-recording.ts, which is loaded once somebody is linked. Knows no file and no network.
import type { Signal } from '@preact/signals';

/** Somebody else records, or asks whether they may. */
export interface TheirRecording {
  readonly id: string;
  /** Who records. */
  readonly person: string;
  readonly name: string;
  readonly state: 'asking' | 'on' | 'paused';
  /** Since when nothing was asked any more, by our clock. */
  readonly sinceMs: number;
  /** What we have answered; undefined: nothing yet. */
  readonly yes: boolean | undefined;
  /** Has been told no in this call before: asks without standing in the way. */
  readonly isInsisting: boolean;
}

export interface OwnRecording {
  readonly state: 'asking' | 'on' | 'paused';
  readonly sinceMs: number;
  /** Names of those who are written down, who have said no, and who have not answered. */
  readonly recorded: readonly string[];
  readonly refused: readonly string[];
  readonly silent: readonly string[];
  /** Written so far, and how long the disk lasts at that pace; undefined until that is known. */
  readonly bytes: number;
  readonly minutesLeft: number | undefined;
}

/** How the own recording ended, for the words about it. */
export type RecordingNews =
  | { readonly news: 'nobody-agreed'; readonly names: readonly string[] }
  | { readonly news: 'stopped'; readonly by: string | undefined }
  | { readonly news: 'forgotten'; readonly name: string }
  /** `by` is undefined for the person here. */
  | { readonly news: 'marked'; readonly by: string | undefined }
  | { readonly news: 'no-room' | 'failed' | 'disk-full' };

export interface RecordingModel {
  readonly theirs: Signal<readonly TheirRecording[]>;
  readonly own: Signal<OwnRecording | undefined>;
  /** Something was recorded in this call and is kept. */
  readonly hasKept: Signal<boolean>;
  /** The last that happened to the own recording. */
  readonly news: Signal<RecordingNews | undefined>;
}

export interface RecordingActions {
  /** @param forget with a no: what was written of us goes, too. */
  answer(id: string, yes: boolean, forget?: boolean): void;
  /** Ends somebody's recording for everybody. */
  halt(id: string): void;
  /** Undefined where nothing can be kept: a guest's page. */
  readonly record: (() => void) | undefined;
  pause(isPaused: boolean): void;
  stop(): void;
  /** Marks this moment of the own recording. */
  mark(): void;
  /** Marks this moment of somebody's recording that we are in. */
  markTheirs(id: string): void;
}

export interface CallRecordings {
  readonly model: RecordingModel;
  readonly actions: RecordingActions;
}

/** Somebody writes down what is said here. */
export function isRecorded({ model }: CallRecordings): boolean {
  return model.own.value?.state === 'on' || model.theirs.value.some(({ state }) => state === 'on');
}
