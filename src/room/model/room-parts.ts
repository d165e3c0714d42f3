// The parts of a room, in the order in which they are offered, and what they are called.
import type { TextKey } from '../../ui/texts/text-key.ts';

export type PartName = 'conversation' | 'agenda' | 'notes' | 'wall' | 'decisions' | 'books' | 'files' | 'people';

export const roomParts: Readonly<Record<PartName, TextKey>> = {
  conversation: 'roomConversation',
  agenda: 'roomAgenda',
  notes: 'roomNotes',
  wall: 'roomWall',
  decisions: 'roomDecisions',
  books: 'roomBooks',
  files: 'roomFiles',
  people: 'roomPeople',
};

export const partOrder = Object.keys(roomParts) as readonly PartName[];
