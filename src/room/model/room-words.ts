// Words that the model of a room says by itself.
import { NoMemberError, RoomFullError } from '../../link/rooms/living-room.ts';
import { text } from '../../ui/texts/text.ts';

/** Why something could not be written. */
export function whyNot(error: unknown): 'roomNoMember' | 'roomFull' | 'roomNotWritten' {
  if (error instanceof NoMemberError) return 'roomNoMember';
  return error instanceof RoomFullError ? 'roomFull' : 'roomNotWritten';
}

/** While no member has chosen others. */
export const standardColumns = () => [
  { id: 'ideas', name: text('roomColumnIdeas') },
  { id: 'agreed', name: text('roomColumnAgreed') },
  { id: 'doing', name: text('roomColumnDoing') },
  { id: 'done', name: text('roomColumnDone') },
];
