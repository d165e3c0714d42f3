// Recording in the call of a page, both sides of it: those who record are shown and answered, and the person here may record, too. Loaded
// once somebody is linked.
import { toBase64url } from '../../core/base/bytes.ts';
import type { Clock, Sealer } from '../../core/base/ports.ts';
import type { RecordedStretch } from '../../core/data/history-entry.ts';
import { NoRoomError } from '../../platform/store/disk-room.ts';
import { enumeration } from '../../ui/format/enumeration.ts';
import { text } from '../../ui/texts/text.ts';
import type { GroupModel } from '../model/group-model.ts';
import { markedName, markedNameOf } from '../model/presence.ts';
import type { CallRecordings, OwnRecording, RecordingNews, TheirRecording } from '../model/recording-model.ts';
import { Answering, type Entries } from './answering.ts';
import { type RecordingEnd, RecordingRun, type Tape } from './recording-run.ts';
import { emptyRecordingModel } from './recording-signals.ts';

/** What writes tells of the disk. */
export interface TapeEvents {
  readonly onSize: (bytes: number, minutesLeft: number | undefined) => void;
  readonly onFailed: (why: 'disk-full' | 'failed') => void;
}

export interface WantedTape {
  readonly id: string;
  /** A name for the list of recordings. */
  readonly name: string;
  readonly nameOf: (person: string) => string;
  readonly events: TapeEvents;
}

export interface CallRecordingParts {
  readonly clock: Clock;
  readonly sealer: Pick<Sealer, 'randomBytes'>;
  readonly entries: Entries;
  readonly group: Pick<GroupModel, 'participants'>;
  /** Whom this page records: they send a picture though nobody looks at it here. */
  readonly onRecorded: (people: ReadonlySet<string>) => void;
  /** Makes ready what writes a recording of that id. Undefined where nothing can be kept. Rejects where there is no room. */
  readonly openTape: ((wanted: WantedTape) => Promise<Tape>) | undefined;
  readonly fault: (what: string, error: unknown) => void;
}

export class CallRecording implements CallRecordings {
  readonly #parts: CallRecordingParts;
  readonly model = emptyRecordingModel();
  readonly actions: CallRecordings['actions'];
  readonly #answering: Answering;
  #run: RecordingRun | undefined;
  #isOpening = false;
  #disk: Pick<OwnRecording, 'bytes' | 'minutesLeft'> = { bytes: 0, minutesLeft: undefined };
  #onSinceMs = 0;
  /** What was recorded here and is over. */
  readonly #ownStretches: RecordedStretch[] = [];

  constructor(parts: CallRecordingParts) {
    this.#parts = parts;
    this.#answering = new Answering({
      entries: parts.entries,
      nowMs: () => parts.clock.now(),
      nameOf: (id, said) => this.#nameOf(id) ?? markedName(said, false, undefined),
    });
    this.actions = {
      answer: (id, yes, forget = false) => this.#answer(id, yes, forget ? 'forget' : undefined),
      halt: (id) => this.#answer(id, false, 'halt'),
      record: parts.openTape && (() => void this.record()),
      pause: (isPaused) => this.#run?.pause(isPaused),
      stop: () => this.#run?.stop('stop'),
      mark: () => {
        this.#run?.mark(text('recordingMark'));
        this.#tell({ news: 'marked', by: undefined });
      },
      markTheirs: (id) => {
        this.#answering.mark(id);
        this.#tell({ news: 'marked', by: undefined });
      },
    };
  }

  /** Somebody came or left, or an entry says something else. */
  look(): void {
    this.#showTheirs(this.#answering.look());
    this.#run?.look();
  }

  /** The call is over for this page. */
  end(): void {
    this.#run?.stop('call-ended');
  }

  /** Who has recorded in this call, and how long. */
  stretches(): readonly RecordedStretch[] {
    return [...this.#ownStretches, ...this.#ownRunning(), ...this.#answering.stretches()];
  }

  #answer(id: string, yes: boolean, wish: 'forget' | 'halt' | undefined): void {
    this.#answering.answer(id, yes, wish);
    this.look();
  }

  #showTheirs(theirs: readonly TheirRecording[]): void {
    const shown = this.model.theirs;
    if (JSON.stringify(theirs) !== JSON.stringify(shown.peek())) shown.value = theirs;
  }

  /** Asks everybody, and records those who agree. */
  async record(): Promise<void> {
    const { openTape, entries, clock, sealer, fault } = this.#parts;
    if (this.#run || this.#isOpening || !openTape) return;
    this.#isOpening = true;
    const id = toBase64url(sealer.randomBytes(16));
    try {
      const nameOf = (person: string) => this.#nameOf(person) ?? '';
      const events: TapeEvents = {
        onSize: (bytes, minutesLeft) => {
          this.#disk = { bytes, minutesLeft };
          this.#showOwn();
        },
        onFailed: (why) => {
          this.#run?.stop('failed');
          this.#tell({ news: why });
        },
      };
      const name = enumeration([...entries.people()].map(nameOf));
      const tape = await openTape({ id, name, nameOf, events });
      this.#disk = { bytes: 0, minutesLeft: undefined };
      this.#run = new RecordingRun({
        ...{ id, entries, clock, tape },
        onChange: () => this.#showOwn(),
        onForgotten: (person) => this.#tell({ news: 'forgotten', name: this.#nameOf(person) ?? '' }),
        onMarked: (person) => {
          this.#tell({ news: 'marked', by: this.#nameOf(person) ?? '' });
          return text('recordingMark');
        },
        onOver: (end) => this.#over(end),
      });
      this.#run.begin();
    } catch (error) {
      const isNoRoom = error instanceof NoRoomError;
      this.#tell({ news: isNoRoom ? 'no-room' : 'failed' });
      if (!isNoRoom) fault('record', error);
    } finally {
      this.#isOpening = false;
    }
  }

  #ownRunning(): readonly RecordedStretch[] {
    const state = this.model.own.peek()?.state;
    const isRunning = state === 'on' || state === 'paused';
    return isRunning ? [{ by: '', ms: this.#parts.clock.now() - this.#onSinceMs, yes: true }] : [];
  }

  #over(end: RecordingEnd): void {
    const refused = this.model.own.peek();
    this.#ownStretches.push(...this.#ownRunning());
    if (end.why !== 'nobody-agreed' && refused?.state !== 'asking') this.model.hasKept.value = true;
    this.#run = undefined;
    if (end.why === 'nobody-agreed')
      this.#tell({ news: 'nobody-agreed', names: [...(refused?.refused ?? []), ...(refused?.silent ?? [])] });
    else if (end.why === 'stopped') this.#tell({ news: 'stopped', by: end.by && this.#nameOf(end.by) });
    this.#showOwn();
  }

  #tell(news: RecordingNews): void {
    this.model.news.value = news;
  }

  #showOwn(): void {
    const { own } = this.model;
    const state = this.#run?.state;
    if (!this.#run || !state || state.state === 'idle' || state.state === 'over') {
      own.value = undefined;
      this.#parts.onRecorded(new Set());
      return;
    }
    if (state.state === 'asking' || own.peek()?.state === 'asking') this.#onSinceMs = this.#parts.clock.now();
    const named = (yes: boolean | undefined) =>
      [...state.others].flatMap(([person, said]) => (said.yes === yes ? [this.#nameOf(person) ?? ''] : []));
    own.value = {
      state: state.state,
      sinceMs: this.#onSinceMs,
      recorded: named(true),
      refused: named(false),
      silent: named(undefined),
      ...this.#disk,
    };
    this.#parts.onRecorded(this.#run.written);
  }

  #nameOf(id: string): string | undefined {
    const participant = this.#parts.group.participants.peek().find((one) => one.id === id);
    const said = this.#parts.entries.roster.get(id)?.entry.name;
    return participant ? markedNameOf(participant) : said && markedName(said, false, undefined);
  }
}
