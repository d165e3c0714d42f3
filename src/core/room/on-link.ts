// A room on one link, and what the other side is told of it beside its entries: that it was let in or shown out, and that the call is a meeting of it.

import { WaitingEntries } from './intake.ts';
import type { RoomCopy } from './room-copy.ts';
import type { RoomSync } from './sync-machine.ts';
import type { RoomWord } from './sync-word.ts';

export interface OnLink {
  readonly copy: RoomCopy;
  readonly tag: string;
  sync: RoomSync | undefined;
  readonly waiting: WaitingEntries;
  /** What the other side was told beside the entries: each once. */
  readonly told: Set<'invitation' | 'removal' | 'meeting'>;
  cancel: () => void;
}

export function newOnLink(copy: RoomCopy, tag: string): OnLink {
  return { copy, tag, sync: undefined, waiting: new WaitingEntries(), told: new Set(), cancel: () => undefined };
}

/** What is to be said now, and was not yet. @param isTheirs the other side has said that it has the room. */
export function wordsBeside({ copy, tag, sync, told }: OnLink, isTheirs: boolean): readonly RoomWord[] {
  const words: RoomWord[] = [];
  const mayHave = copy.mayHave();
  const invitation = mayHave && !isTheirs && !told.has('invitation') ? copy.invitation?.() : undefined;
  if (invitation) {
    told.add('invitation');
    words.push({ t: 'invite', room: copy.room, ...invitation });
  }
  const removal = !mayHave && isTheirs && !told.has('removal') ? copy.removal?.() : undefined;
  if (removal) {
    told.add('removal');
    words.push({ t: 'out', tag, ...removal });
  }
  const meeting = mayHave && sync && !told.has('meeting') ? copy.meeting?.() : undefined;
  if (meeting) {
    told.add('meeting');
    words.push({ t: 'meeting', tag, ...meeting });
  }
  return words;
}
