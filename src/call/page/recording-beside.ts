// Recording beside a call: loaded once somebody is linked, so that the page is seen before it. What is loaded follows the people of the call and
// what they say of themselves.
import type { LocalDevices } from '../devices/local-devices.ts';
import type { GroupSession } from '../group/group-session.ts';
import type { GroupModel } from '../model/group-model.ts';
import type { CallRecording, CallRecordingParts } from '../recording/call-recording.ts';
import type { CallWorld } from './call-world.ts';
import type { BesidePlug } from './pair-maker.ts';

const loadRecording = () => import('../recording/call-recording.ts');

interface RecordingBesideParts extends Pick<CallRecordingParts, 'clock' | 'sealer' | 'fault'> {
  readonly model: GroupModel;
  readonly self: { readonly id: string; readonly name: string };
  readonly devices: Pick<LocalDevices, 'tracks' | 'onMedia'>;
  /** What writes, where something can be kept. */
  readonly load: CallWorld['recorder'];
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
    const { model, self, devices, load } = this.#parts;
    const group = this.#parts.group();
    const recording = new CallRecording({
      ...this.#parts,
      entries: group.entries,
      group: model,
      openTape:
        load &&
        (async (tape) =>
          (await load()).openRecorder({
            ...{ ...tape, self, group: model },
            ownPicture: () => model.stage.peek().ownRecorded ?? 'small',
            own: { tracks: () => devices.tracks, onChange: (tell) => devices.onMedia(tell) },
          })),
      onRecorded: (people) => group.record(people),
    });
    this.recording = recording;
    model.recordings.value = recording;
    const look = () => (group.isOver ? recording.end() : recording.look());
    group.people.onChange(look);
    look();
  }
}
