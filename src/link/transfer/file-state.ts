// What people see of a transfer, whichever way it goes. Apart from the machines that make it: the chat holds it before there is a call. Pure.
import { assertNever } from '../../core/base/assert-never.ts';
import type { FileFacts } from '../../core/transfer/file-message.ts';

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
