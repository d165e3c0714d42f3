// Links that somebody else wrote: where they lead, in letters that cannot be mistaken, and how they are opened.

export interface FarLink {
  readonly href: string;
  /** The host, in the letters that are looked up (`xn--…`), or the address of a mail. */
  readonly where: string;
  /** Whether these words are the very address, letter by letter, and the address reads as it is. */
  readonly isSaidBy: (words: string) => boolean;
}

/** Opens a page of its own that learns nothing of this one. */
export const farAttributes = {
  target: '_blank',
  rel: 'noopener noreferrer',
  referrerPolicy: 'no-referrer',
} as const;

/** @returns undefined for what leads nowhere, and for what would do something instead. */
export function farLink(address: string): FarLink | undefined {
  if (!URL.canParse(address)) return undefined;
  const { href, protocol, host, username, password } = new URL(address);
  const isWeb = protocol === 'https:' || protocol === 'http:';
  const mail = protocol === 'mailto:' ? href.slice('mailto:'.length).split('?')[0] : undefined;
  const where = isWeb ? host : mail;
  if (!where) return undefined;
  const isSaidBy = (words: string): boolean => {
    if (username !== '' || password !== '') return false;
    return [words, `${protocol}//${words}`, `mailto:${words}`].some((one) => one === href || `${one}/` === href);
  };
  return { href, where, isSaidBy };
}
