// The room page in each of its states: who is in the room, what they have written, and what the person here has opened.
import { contact } from './fixtures/people.ts';
import type { Stored } from './seeded-stores.ts';

export interface RoomState {
  readonly stored?: Stored;
  /** What is written in the room: everything, nothing but its beginning, or there is none. */
  readonly room: 'full' | 'empty' | 'none' | 'awaited';
  /** Members beside those who write, each with a name as long as names may be. */
  readonly crowd?: number;
  readonly isShownOut?: boolean;
  /** All of it was seen. */
  readonly isRead?: boolean;
  readonly isInvited?: boolean;
  readonly isListOnly?: boolean;
  /** The person has not said yet whether members are met here. */
  readonly isAskedToMeet?: boolean;
  /** They are: nobody is here, or somebody, or the address cannot be hidden. */
  readonly meets?: 'alone' | 'met' | 'hidden';
  /** Buttons to press, one after the other. */
  readonly press?: readonly string[];
}

const contacts = Array.from({ length: 4 }, (_, place) => contact(place + 1));
const full = { room: 'full', stored: { contacts }, isRead: true } as const;

/** Every state of the room page, by name. */
export const roomStates: Readonly<Record<string, RoomState>> = {
  'no-identity': { room: 'none', stored: { identity: 'none' } },
  none: { room: 'none' },
  list: { ...full, isListOnly: true },
  invitation: { room: 'none', stored: { contacts }, isInvited: true },
  empty: { room: 'empty' },
  missed: { room: 'full', stored: { contacts } },
  conversation: full,
  'meet-question': { ...full, isAskedToMeet: true },
  'meet-alone': { ...full, meets: 'alone' },
  'meet-here': { ...full, meets: 'met' },
  'meet-hidden': { ...full, meets: 'hidden' },
  agenda: { ...full, press: ['Agenda'] },
  decisions: { ...full, press: ['Decisions'] },
  notes: { ...full, press: ['Notes'] },
  note: { ...full, press: ['Notes', 'Open note Minutes of the spring meeting'] },
  'note-writers': { ...full, press: ['Notes', 'Open note Minutes of the spring meeting', 'Who wrote what'] },
  'note-link': { ...full, press: ['Notes', 'Open note Minutes of the spring meeting', 'Link'] },
  'note-version': {
    ...full,
    press: ['Notes', 'Open note Minutes of the spring meeting', '7 versions', 'Show the version by'],
  },
  'note-left-out': { ...full, press: ['Notes', `Open note A note with a ${'very '.repeat(20)}long title`] },
  'note-rename': { ...full, press: ['Notes', 'Rename note Minutes of the spring meeting'] },
  'note-read': { ...full, isShownOut: true, press: ['Notes', 'Open note Minutes of the spring meeting'] },
  wall: { ...full, press: ['Wall'] },
  card: { ...full, press: ['Wall', 'A solar roof'] },
  'move-card': { ...full, press: ['Wall', 'Move A solar roof'] },
  books: { ...full, press: ['Books'] },
  book: { ...full, press: ['Books', 'Open book How we keep bees'] },
  'book-checked': {
    ...full,
    press: ['Books', 'Open book How we keep bees', 'Check every byte of What they need in winter'],
  },
  'chapter-written': { ...full, press: ['Books', 'Open book How we keep bees', 'Add chapter'] },
  'chapter-changed': {
    ...full,
    press: ['Books', 'Open book How we keep bees', 'Change chapter What they need in winter'],
  },
  'chapter-reviewed': {
    ...full,
    press: ['Books', 'Open book How we keep bees', 'Review chapter Where a hive stands'],
  },
  files: { ...full, press: ['Files'] },
  'files-changed': { ...full, press: ['Files', 'Check every byte of plan.txt'] },
  'file-removed': { ...full, press: ['Files', 'Remove for everyone: plan.txt'] },
  people: { ...full, press: ['People'] },
  'people-216': { ...full, crowd: 212, press: ['People'] },
  'let-in': { ...full, press: ['People', 'Let people in'] },
  'show-out': { ...full, press: ['People', 'Show out'] },
  'shown-out': { ...full, isShownOut: true },
  awaited: { room: 'awaited', stored: { contacts } },
  'new-room': { room: 'none', stored: { contacts }, press: ['New room'] },
  'new-vote': { ...full, press: ['Decisions', 'Begin a vote'] },
  'close-vote': { ...full, press: ['Decisions', 'Close vote'] },
  'plan-meeting': { ...full, press: ['Agenda', 'Plan a meeting'] },
  rename: { ...full, press: ['Rename'] },
  leave: { ...full, press: ['Leave room'] },
  'start-meeting': { ...full, meets: 'met', press: ['Start meeting'] },
  export: { ...full, press: ['Export room'] },
};
