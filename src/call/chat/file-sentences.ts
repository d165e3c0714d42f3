// The words for a file on its way, in each state and direction. Sentences name the other side.
import type { FileViewState } from '../../link/transfer/file-state.ts';
import { byteWords, timeLeftWords } from '../../ui/format/amounts.ts';
import { formatTag, text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';
import type { ShownFileState } from './chat-model.ts';

type Words = readonly [incoming: TextKey, outgoing: TextKey];

/** Keys of texts; `$1` is the other side's name. */
const sentences: Readonly<Record<Exclude<FileViewState, 'moving' | 'wanted'>, Words>> = {
  offered: ['chatFileOfferedIn', 'chatFileOfferedOut'],
  unsent: ['chatFileUnsent', 'chatFileUnsent'],
  starting: ['chatFileStarting', 'chatFileStarting'],
  'paused-by-us': ['chatFilePaused', 'chatFilePaused'],
  'paused-by-them': ['chatFilePausedThem', 'chatFilePausedThem'],
  waiting: ['chatFileWaitingIn', 'chatFileWaitingOut'],
  checking: ['chatFileChecking', 'chatFileCheckingOut'],
  done: ['chatFileDoneIn', 'chatFileDoneOut'],
  damaged: ['chatFileDamagedIn', 'chatFileDamagedOut'],
  declined: ['chatFileDeclinedIn', 'chatFileDeclinedOut'],
  'stopped-by-us': ['chatFileStopped', 'chatFileStopped'],
  'stopped-by-them': ['chatFileStoppedThem', 'chatFileStoppedThem'],
  'no-room': ['chatFileNoRoomIn', 'chatFileNoRoomOut'],
  storage: ['chatFileStorageIn', 'chatFileStorageOut'],
  source: ['chatFileSourceIn', 'chatFileSourceOut'],
  broken: ['chatFileBroken', 'chatFileBroken'],
};

const notShownTexts: Readonly<Record<NonNullable<ShownFileState['notShown']>, TextKey>> = {
  'too-large': 'chatPictureTooLarge',
  unreadable: 'chatPictureUnreadable',
  'too-many': 'chatPictureTooMany',
};

function percent(done: number, size: number): string {
  return new Intl.NumberFormat(formatTag(), { style: 'percent' }).format(
    size === 0 ? 1 : Math.floor((done / size) * 100) / 100,
  );
}

/** What is going on with a file. @param isUp whether words get through right now. */
export function fileSentence(file: ShownFileState, name: string, isUp: boolean): string {
  const { state, facts, done, speed } = file;
  if (state === 'moving') {
    const amount = text('chatFileAmount', byteWords(done), byteWords(facts.size));
    if (speed <= 0) return amount;
    return text('chatFileMoving', amount, byteWords(speed), timeLeftWords((facts.size - done) / speed));
  }
  if (state === 'wanted') return text('chatFileWanted', name, percent(done, facts.size));
  if (state === 'done' && file.saved) return text('chatFileSaved');
  if (state === 'done' && file.notShown) return text(notShownTexts[file.notShown]);
  if (state === 'offered' && file.picture && file.direction === 'in') return text('chatPictureOffered', name);
  if (state === 'waiting' && isUp && file.direction === 'in')
    return text('chatFileAsked', name, percent(done, facts.size));
  return text(sentences[state][file.direction === 'in' ? 0 : 1], name);
}

/** What is said aloud when it happens; undefined for what only moves a bar. */
export function fileAnnouncement(
  { state, facts, direction, picture }: ShownFileState,
  name: string,
): string | undefined {
  switch (state) {
    case 'offered':
      if (direction === 'out') return undefined;
      return picture
        ? text('chatPictureOffered', name)
        : text('chatSayOffered', name, facts.name, byteWords(facts.size));
    case 'wanted':
      return text('chatSayWanted', name, facts.name);
    case 'done':
      if (direction === 'out') return text('chatSaySent', name, facts.name);
      return picture ? text('chatSayPicture', name) : text('chatSayReceived', facts.name);
    case 'damaged':
    case 'declined':
    case 'stopped-by-them':
    case 'no-room':
    case 'storage':
    case 'source':
    case 'broken':
      return text('chatSayFile', facts.name, text(sentences[state][direction === 'in' ? 0 : 1], name));
    case 'unsent':
    case 'starting':
    case 'moving':
    case 'paused-by-us':
    case 'paused-by-them':
    case 'waiting':
    case 'checking':
    case 'stopped-by-us':
      return undefined;
  }
}
