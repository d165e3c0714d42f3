// The invitation is what stands behind the # of the page's address: browsers send that to nobody. It is taken out of the address at once, so
// that it does not stay in the history, and is kept for this tab only, for when the page is loaded anew.

/** The link as it came, not read yet, and the whole address with it. */
export interface InvitationText {
  readonly text: string;
  readonly address: string;
}

/** Where this tab keeps it. */
const key = 'invitation';

/** What of a window is used. */
export interface InvitationWindow {
  readonly location: Pick<Location, 'href' | 'hash' | 'pathname' | 'search'>;
  readonly history: Pick<History, 'replaceState'>;
  readonly sessionStorage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** Takes the invitation out of the address, or finds what this tab kept of it. */
export function takeInvitation({ location, history, sessionStorage }: InvitationWindow): InvitationText {
  const { href, hash, pathname, search } = location;
  if (hash.length <= 1) {
    const text = sessionStorage.getItem(key) ?? '';
    return { text, address: `${href.replace(/#.*$/s, '')}#${text}` };
  }
  const text = hash.slice(1);
  sessionStorage.setItem(key, text);
  history.replaceState(null, '', pathname + search);
  return { text, address: href };
}

/** The visit is over: this tab need not know any longer. */
export function forgetInvitation({ sessionStorage }: Pick<InvitationWindow, 'sessionStorage'>): void {
  sessionStorage.removeItem(key);
}
