// A transfer as people see it, whichever way it goes: made from the state of its machine. Pure.
import { assertNever } from '../../core/base/assert-never.ts';
import type { FileFacts } from '../../core/transfer/file-message.ts';
import { type Incoming, writtenOf } from '../../core/transfer/incoming-file.ts';
import { confirmedOf, type Outgoing } from '../../core/transfer/outgoing-file.ts';

export type FileViewState =
  /** Waits for a yes: ours, or theirs. */
  | 'offered'
  /** There is no way to the other side: it is offered once there is one; only out. */
  | 'unsent'
  /** About to move: room is made, or beginnings are compared. */
  | 'starting'
  | 'moving'
  | 'paused-by-us'
  | 'paused-by-them'
  /** The link is away, or the other side has to offer it again. */
  | 'waiting'
  /** All bytes are there; their hash is compared. */
  | 'checking'
  | 'done'
  | 'damaged'
  | 'declined'
  | 'stopped-by-us'
  | 'stopped-by-them'
  /** No room, or no disk, at the receiver. */
  | 'no-room'
  | 'storage'
  /** The sender cannot read the file any more. */
  | 'source'
  | 'broken'
  /** They have a beginning of an earlier call and ask for the rest; only out. */
  | 'wanted';

export interface FileView {
  readonly facts: FileFacts;
  readonly participant: string;
  readonly direction: 'in' | 'out';
  /** Pasted into the chat: shown, not saved. */
  readonly picture: boolean;
  readonly state: FileViewState;
  /** Bytes that the receiver has written down. */
  readonly done: number;
}

/** No more will come of it. */
export function isFileOver(state: FileViewState): boolean {
  switch (state) {
    case 'done':
    case 'damaged':
    case 'declined':
    case 'stopped-by-us':
    case 'stopped-by-them':
    case 'no-room':
    case 'storage':
    case 'source':
    case 'broken':
      return true;
    case 'offered':
    case 'unsent':
    case 'starting':
    case 'moving':
    case 'paused-by-us':
    case 'paused-by-them':
    case 'waiting':
    case 'checking':
    case 'wanted':
      return false;
    default:
      return assertNever(state);
  }
}

function viewState({ state }: Incoming | Outgoing): FileViewState {
  switch (state.state) {
    case 'offered':
    case 'waiting':
    case 'checking':
    case 'damaged':
    case 'declined':
      return state.state;
    case 'comparing':
    case 'opening':
      return 'starting';
    case 'sending':
    case 'receiving':
      return 'moving';
    case 'ending':
      return 'checking';
    case 'verified':
      return 'done';
    case 'paused':
      return state.us ? 'paused-by-us' : 'paused-by-them';
    case 'cancelled':
      if (state.why !== 'stopped') return state.why;
      return state.by === 'us' ? 'stopped-by-us' : 'stopped-by-them';
    default:
      return assertNever(state);
  }
}

export function viewOfIncoming(file: Incoming, participant: string, picture: boolean): FileView {
  const { facts } = file;
  return { facts, participant, direction: 'in', picture, state: viewState(file), done: writtenOf(file) };
}

export function viewOfOutgoing(file: Outgoing, participant: string): FileView {
  const { facts, picture, linked } = file;
  const state = file.state.state === 'offered' && !linked ? 'unsent' : viewState(file);
  return { facts, participant, direction: 'out', picture, state, done: confirmedOf(file) };
}
