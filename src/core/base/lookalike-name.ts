// Names that could be taken for each other, read as people read them: letters of other scripts that look the same, capitals, blanks and
// signs make no difference. A small part of what Unicode TR39 calls skeletons. Pure.

/** What looks like a Latin letter, and the letter. Keys are what is left after NFKC and lower case. */
const likeLatin: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['a', 'аαɑ∀ꭺᴀ'],
      ['b', 'вьƅʙβᏼ'],
      ['c', 'сϲᴄ¢ⅽ'],
      ['d', 'ԁɗđᴅ'],
      ['e', 'еєεҽᴇɛ℮'],
      ['f', 'ƒꞙẝ'],
      ['g', 'ɡցɢ9'],
      ['h', 'һհнʜ'],
      ['j', 'јϳᴊ'],
      ['k', 'кκᴋ'],
      // Of these every one is drawn as a stroke somewhere.
      ['l', 'i1|!ıіιɩɪӏاǀ∣⏐ⅼⵏ'],
      ['m', 'мᴍ'],
      ['n', 'пηոɴ'],
      ['o', '0оοσօᴏ○◯०০௦'],
      ['p', 'рρᴘ'],
      ['q', 'ԛգ'],
      ['r', 'гꞅʀ'],
      ['s', '5ѕꜱ$'],
      ['t', 'тτᴛ'],
      ['u', 'υսᴜʋμ'],
      ['v', 'ѵνᴠ'],
      ['w', 'ԝωաᴡѡ'],
      ['x', 'хχ×ҳ'],
      ['y', 'уүγʏ'],
      ['z', '2ᴢ'],
    ] as const
  ).flatMap(([letter, looks]) => Array.from(looks, (one) => [one, letter] as const)),
);

const likeSeveral: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/ß/g, 'ss'],
  [/æ/g, 'ae'],
  [/œ/g, 'oe'],
];

/** What people see of a name, roughly: two names with the same skeleton are easily taken for each other. */
export function nameSkeleton(name: string): string {
  // Capital I and small l are one stroke, so the look of capitals is asked for before case is lost; marks go with the letters' forms.
  const plain = name.normalize('NFKD').toLowerCase().normalize('NFKD');
  const latin = Array.from(plain, (one) => likeLatin[one] ?? one).join('');
  const letters = latin.replace(/[^\p{L}\p{N}]+/gu, '');
  // A name of signs alone is compared by them.
  const seen = letters === '' ? plain.replace(/[\p{Z}\p{C}\p{M}\p{Default_Ignorable_Code_Point}]+/gu, '') : letters;
  return likeSeveral.reduce((text, [several, one]) => text.replace(several, one), seen);
}

/** Whether two names look alike; an empty one is like no other. */
export function looksAlike(a: string, b: string): boolean {
  const skeleton = nameSkeleton(a);
  return skeleton !== '' && skeleton === nameSkeleton(b);
}

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Whom somebody could be taken for by name. */
export type Lookalike =
  | { readonly of: 'self' }
  /** `name`: as this contact is called here. */
  | { readonly of: 'contact'; readonly name: string }
  | { readonly of: 'participant'; readonly name: string };

/**
 * Whom somebody who is no contact could be taken for: the person here, a contact, or somebody else in the call; the first of these counts.
 * @param self what the person here is called, to others and on their own screen.
 */
export function lookalikeOf(
  { id, name }: Named,
  {
    self,
    contacts,
    participants,
  }: {
    readonly self: readonly string[];
    readonly contacts: readonly Named[];
    readonly participants: readonly Named[];
  },
): Lookalike | undefined {
  if (self.some((own) => looksAlike(own, name))) return { of: 'self' };
  const like = (others: readonly Named[]) => others.find((other) => other.id !== id && looksAlike(other.name, name));
  const contact = like(contacts);
  if (contact) return { of: 'contact', name: contact.name };
  const participant = like(participants);
  return participant && { of: 'participant', name: participant.name };
}
