// Recording in a call of several: the product's own part of the page, with a tape that only notes down what it is told.
import { CallRecording } from '../../../src/call/recording/call-recording.ts';
import type { Tape } from '../../../src/call/recording/recording-run.ts';
import { provenAnswer } from '../../../src/core/recording/consent-proof.ts';
import type { GroupPage } from './group-page.ts';
import type { GroupPerson } from './group-person.ts';
import { pageOf } from './group-steps.ts';

/** What was written of whom, in order, by name. */
class NotedTape implements Tape {
  readonly id: string;
  readonly notes: string[] = [];
  readonly proofs: Promise<string>[] = [];
  readonly #page: GroupPage;

  constructor(id: string, page: GroupPage) {
    this.id = id;
    this.#page = page;
  }

  open = () => void this.notes.push('open');
  write = (person: string) => void this.notes.push(`write ${this.#name(person)}`);
  cut = (person: string) => void this.notes.push(`cut ${this.#name(person)}`);
  forget = (person: string) => void this.notes.push(`forget ${this.#name(person)}`);
  pause = (isPaused: boolean) => void this.notes.push(isPaused ? 'pause' : 'resume');
  mark = (_text: string, person?: string) => void this.notes.push(`mark ${person ? this.#name(person) : 'own'}`);
  present = () => undefined;
  close: Tape['close'] = ({ why, ...end }) => {
    const by = 'by' in end && end.by !== undefined ? ` by ${this.#name(end.by)}` : '';
    this.notes.push(`close ${why}${by}`);
  };
  keepAnswer: Tape['keepAnswer'] = (_person, _yes, signed) => {
    const { sealer } = this.#page.world;
    this.proofs.push(
      provenAnswer(sealer, signed, this.id).then((proof) => (proof ? `${proof.name} ${proof.yes}` : 'nothing')),
    );
  };

  #name(id: string): string {
    return this.#page.group.entries.roster.get(id)?.entry.name ?? id;
  }
}

export interface RecordingPage {
  readonly recording: CallRecording;
  /** Of each recording that was begun here. */
  readonly tapes: NotedTape[];
}

/** The part of the page that is loaded for recordings. */
export function withRecording(person: GroupPerson): RecordingPage {
  const page = pageOf(person);
  const tapes: NotedTape[] = [];
  const recording = new CallRecording({
    clock: page.world.clock,
    sealer: page.world.sealer,
    entries: page.group.entries,
    group: page.model,
    onRecorded: (people) => page.group.record(people),
    openTape: async ({ id }) => {
      const tape = new NotedTape(id, page);
      tapes.push(tape);
      return tape;
    },
    fault: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
  const look = () => (page.group.isOver ? recording.end() : recording.look());
  page.group.people.onChange(look);
  look();
  return { recording, tapes };
}

/** Who records, as a page shows it. */
export const theirs = ({ recording }: RecordingPage) =>
  recording.model.theirs.value.map(({ name, state, yes }) => `${name} ${state} ${yes ?? 'unanswered'}`);

/** Answers the only question that there is. */
export function answer({ recording }: RecordingPage, yes: boolean, forget = false): void {
  const [asked] = recording.model.theirs.value;
  if (!asked) throw new Error('nobody asks');
  recording.actions.answer(asked.id, yes, forget);
}
