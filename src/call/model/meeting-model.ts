// A call that is a meeting of a room: what its panel shows, and what a person can do there. What is said there is an entry of the room; views read
// the signals and call the actions.
import type { ReadonlySignal, Signal } from '@preact/signals';

/** Something said in the room. */
export interface SaidInRoom {
  readonly id: string;
  /** As this person calls them. */
  readonly name: string;
  /** Without the piece of key that may stand behind a doubtful name. */
  readonly markName: string;
  /** The Ed25519 public key as lower-case hex. */
  readonly author: string;
  readonly isOwn: boolean;
  readonly at: number;
  readonly text: string;
  readonly isUnsaid: boolean;
}

/** A point of the agenda that is open. The first one is the one that is talked about. */
export interface OpenItem {
  readonly id: string;
  readonly title: string;
  /** How long it is planned to take. */
  readonly minutes: number | undefined;
}

export interface MeetingModel {
  readonly name: ReadonlySignal<string>;
  /** Of the planned meeting. */
  readonly title: ReadonlySignal<string | undefined>;
  readonly isOpen: Signal<boolean>;
  /** What others said while the panel was closed. */
  readonly unread: Signal<number>;
  readonly said: ReadonlySignal<readonly SaidInRoom[]>;
  readonly items: ReadonlySignal<readonly OpenItem[]>;
  /** When the first item came to its turn, as seen from here, in ms since the epoch. */
  readonly since: ReadonlySignal<number>;
  readonly canWrite: ReadonlySignal<boolean>;
  /** Why something could not be written. */
  readonly problem: ReadonlySignal<string | undefined>;
  /** Whether somebody of the call, by id, is a member of the room. */
  readonly isMember: (id: string) => boolean;
}

export interface MeetingActions {
  open(isOpen: boolean): void;
  /** @returns whether it is written. */
  say(words: string): Promise<boolean>;
  /** The first item is done, for everybody. */
  finishItem(): Promise<boolean>;
  addItem(title: string): Promise<boolean>;
}

export interface CallMeeting {
  readonly room: string;
  readonly model: MeetingModel;
  readonly actions: MeetingActions;
}
