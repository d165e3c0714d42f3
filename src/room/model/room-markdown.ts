// A room as one text in Markdown, for reading and printing elsewhere. What people wrote stands as it is, with the signs of Markdown escaped.
import { noteMarkdown } from '../../core/room/reading/note-markdown.ts';
import { NoteDocument } from '../../platform/notes/note-document.ts';
import { linesOf } from '../../platform/notes/note-reading.ts';
import { byteWords } from '../../ui/format/amounts.ts';
import { wholeMoment } from '../../ui/format/moment.ts';
import { plural, text } from '../../ui/texts/text.ts';
import { resultWords } from './ballot-words.ts';
import type { RoomModel } from './room-model.ts';
import type { NoteTools } from './rooms-model.ts';

const escaped = (words: string): string => words.replace(/[\\`*_{}[\]<>#+|!~-]/g, '\\$&');
/** Several lines inside one point of a list. */
const inList = (words: string): string => escaped(words).replaceAll('\n', '\n  ');

/** The notes of a room, each as the pieces that count make it. */
async function notesIn(room: RoomModel, sealer: NoteTools['sealer']): Promise<readonly string[]> {
  const parts: string[] = [];
  for (const note of room.notes) {
    if (note.isGone) continue;
    const document = new NoteDocument(sealer);
    await document.update(note);
    parts.push(`## ${text('roomNotes')}: ${escaped(note.title)}`, '', noteMarkdown(linesOf(document.text), 2));
  }
  return parts;
}

/** Everything that the page shows of a room, but its history. */
export async function roomMarkdown(room: RoomModel, sealer: NoteTools['sealer']): Promise<string> {
  const people = room.people.value;
  if (!people) return '';
  const { meetings, items } = room.agenda.value;
  const name = (key: string) => escaped(room.nameOf(key));
  const titleOf = (meeting: string | undefined) => meetings.find(({ id }) => id === meeting)?.title;
  const lines: string[] = [`# ${escaped(people.name)}`, ''];
  const section = (title: string, points: readonly string[]) => {
    if (points.length > 0) lines.push(`## ${title}`, '', ...points.map((point) => `- ${point}`), '');
  };
  if (people.purpose !== '') lines.push(escaped(people.purpose), '');
  section(
    text('roomPeople'),
    [...people.members.values()].map(
      ({ id, role }) => `${name(id)} (${text(role === 'steward' ? 'roomSteward' : 'roomMember')})`,
    ),
  );
  section(
    text('roomDecided'),
    room.decisions.map(({ author, at, text: words }) => `${inList(words)} (${name(author)}, ${wholeMoment(at)})`),
  );
  section(
    text('roomVotesTitle'),
    room.ballots.value.map((ballot) => {
      const count = ballot.closings[0] ?? (ballot.hide ? undefined : ballot.now);
      const sums = ballot.choices.map((choice, i) => `${escaped(choice)}: ${plural('roomVotes', count?.sums[i] ?? 0)}`);
      const result = escaped(resultWords(ballot) || text('roomStillOpen'));
      return `${escaped(ballot.question)}: ${result}${count ? ` (${sums.join(', ')})` : ''}`;
    }),
  );
  section(
    text('roomAgenda'),
    items.map(({ title, state, now }) => {
      const meeting = titleOf(now);
      return `[${state === 'done' ? 'x' : ' '}] ${escaped(title)}${meeting === undefined ? '' : ` (${escaped(meeting)})`}`;
    }),
  );
  lines.push(...(await notesIn(room, sealer)));
  for (const column of room.board.value)
    section(
      `${text('roomWall')}: ${escaped(column.name)}`,
      column.cards.map((card) =>
        [
          escaped(card.title),
          ...(card.progress === undefined ? [] : [text('roomPercent', String(card.progress))]),
          ...(card.text ? [inList(card.text)] : []),
          ...(card.need ? [escaped(text('roomCardNeeds', card.need))] : []),
        ].join(' – '),
      ),
    );
  for (const { title, chapters } of room.books) {
    lines.push(`## ${text('roomBooks')}: ${escaped(title)}`, '');
    for (const { versions } of chapters) {
      const version = versions.findLast(({ isWithdrawn }) => !isWithdrawn);
      if (!version) continue;
      lines.push(
        `### ${escaped(version.title)}`,
        '',
        `${text('roomWrittenBy', name(version.author))}, ${wholeMoment(version.at)}`,
        '',
      );
      for (const { text: words, blob } of version.parts)
        lines.push(escaped(words ?? (blob ? `${blob.name} (${byteWords(blob.size)})` : '')), '');
      if (version.source !== undefined) lines.push(escaped(text('roomSourceIs', version.source)), '');
    }
  }
  section(
    text('roomFiles'),
    room.files.map(
      ({ name: called, size, author, at }) =>
        `${escaped(called)} (${byteWords(size)}, ${name(author)}, ${wholeMoment(at)})`,
    ),
  );
  section(
    text('roomConversation'),
    room.conversation
      .filter(({ isUnsaid }) => !isUnsaid)
      .map(({ author, at, text: words }) => `${name(author)}, ${wholeMoment(at)}: ${inList(words)}`),
  );
  return `${lines.join('\n').trimEnd()}\n`;
}
