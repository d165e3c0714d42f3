// Recording beside a call: loaded once somebody is linked, so that the page is seen before it. What is loaded follows the people of the call and
// what they say of themselves.
import type { GroupSession } from '../group/group-session.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { CallRecording, CallRecordingParts } from '../recording/call-recording.ts';
import type { BesidePlug } from './pair-maker.ts';

const loadRecording = () => import('../recording/call-recording.ts');

interface RecordingBesideParts extends Pick<CallRecordingParts, 'clock' | 'sealer' | 'openTape' | 'fault'> {
  readonly model: GroupModel;
  readonly group: () => GroupSession;
}

export class RecordingBeside implements BesidePlug {
  readonly #parts: RecordingBesideParts;
  #loading: Promise<void> | undefined;
  /** What is loaded. */
  recording: CallRecording | undefined;

  constructor(parts: RecordingBesideParts) {
    this.#parts = parts;
  }

  attach(): void {
    this.#loading ??= this.#load().catch((error: unknown) => {
      this.#loading = undefined;
      this.#parts.fault('recording', error);
    });
  }

  prove(): void {}

  part(): void {}

  async #load(): Promise<void> {
    const { CallRecording } = await loadRecording();
    const { model } = this.#parts;
    const group = this.#parts.group();
    const recording = new CallRecording({
      ...this.#parts,
      entries: group.entries,
      group: model,
      onRecorded: (people) => group.record(people),
    });
    this.recording = recording;
    model.recordings.value = recording;
    const look = () => (group.isOver ? recording.end() : recording.look());
    group.people.onChange(look);
    look();
  }
}
