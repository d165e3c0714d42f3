// Whether a passphrase may lock a backup: whoever finds the file tries what people choose most, first of all. Catches what anybody would try;
// it measures nothing beyond that and knows no dictionary.

/** Fewest characters of a passphrase for a new backup; opening takes any. */
export const minPassphraseLength = 10;

/** 'guessable': of a kind that is tried first, however long it is. */
export type PassphraseFault = 'too-short' | 'guessable';

/** Fewest different characters, and fewest that are not to be foreseen from the ones before. */
const fewestDifferent = 5;
const fewestFree = 8;
/** So many in a row of an alphabet or a keyboard are one idea. */
const shortestRun = 3;

const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiop',
  'yxcvbnm',
  'azertyuiop',
];
const runsOn = [...rows, ...rows.map((row) => [...row].reverse().join(''))];

/** What lists of stolen passwords begin with, and what stands on this page and in textbooks. */
const common = [
  'correcthorsebatterystaple',
  'freeflowconnect',
  'freeflow',
  'threefold',
  'passphrase',
  'password',
  'passwort',
  'motdepasse',
  'contrasena',
  'iloveyou',
  'ihateyou',
  'letmein',
  'letmeinnow',
  'welcome',
  'trustno1',
  'whatever',
  'princess',
  'sunshine',
  'football',
  'baseball',
  'superman',
  'batman',
  'starwars',
  'pokemon',
  'dragon',
  'monkey',
  'master',
  'shadow',
  'michael',
  'jennifer',
  'jordan',
  'hunter',
  'killer',
  'soccer',
  'hockey',
  'liverpool',
  'chelsea',
  'arsenal',
  'barcelona',
  'computer',
  'internet',
  'samsung',
  'google',
  'facebook',
  'secret',
  'changeme',
  'default',
  'administrator',
  'admin',
  'access',
  'login',
  'test',
  'testing',
  'hello',
  'goodbye',
  'backup',
  'mybackup',
  'january',
  'february',
  'march',
  'april',
  'august',
  'september',
  'october',
  'november',
  'december',
  'monday',
  'friday',
  'sunday',
  'summer',
  'winter',
  'spring',
  'autumn',
  'thequickbrownfox',
  'tobeornottobe',
  'asdf',
  'qwerty',
  'qwertz',
  'azerty',
  'abc123',
  '1q2w3e4r',
  '1qaz2wsx',
  'qazwsx',
  'zaq12wsx',
].sort((a, b) => b.length - a.length);

/** Signs that people put in place of letters. */
const spelled: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  3: 'e',
  4: 'a',
  5: 's',
  7: 't',
  '@': 'a',
  $: 's',
  '!': 'i',
};

/** What is wrong with a passphrase for a new backup; undefined when nothing is. Counts characters as people do. */
export function passphraseFault(passphrase: string): PassphraseFault | undefined {
  const characters = Array.from(passphrase.normalize('NFC'));
  if (characters.length < minPassphraseLength) return 'too-short';
  if (new Set(characters).size < fewestDifferent) return 'guessable';
  const joined = characters
    .join('')
    .toLowerCase()
    .replaceAll(/[\s._-]+/g, '');
  return freeCharacters(unitOf(joined)) < fewestFree ? 'guessable' : undefined;
}

/** What is said again and again, once. */
function unitOf(text: string): string {
  const again = `${text}${text}`.indexOf(text, 1);
  return again < text.length ? text.slice(0, again) : text;
}

/** How many characters are left when words and rows that everybody knows count as one each, and the same sign again as none. */
function freeCharacters(text: string): number {
  const letters = [...text].map((one) => spelled[one] ?? one).join('');
  let free = 0;
  for (let at = 0; at < text.length; ) {
    const length = Math.max(wordAt(text, letters, at), runAt(text, at));
    const isSameAgain = at > 0 && text[at] === text[at - 1];
    if (length > 0 || !isSameAgain) free += 1;
    at += Math.max(1, length);
  }
  return free;
}

function wordAt(text: string, letters: string, at: number): number {
  if (/^(?:19|20)\d\d/.test(text.slice(at))) return 4;
  return common.find((word) => text.startsWith(word, at) || letters.startsWith(word, at))?.length ?? 0;
}

/** The length of the row that begins here; 0 if there is none. */
function runAt(text: string, at: number): number {
  let longest = 0;
  for (const row of runsOn)
    for (let length = text.length - at; length >= shortestRun && length > longest; length--)
      if (row.includes(text.slice(at, at + length))) longest = length;
  return longest;
}
