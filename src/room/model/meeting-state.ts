// Whether members meet while this page is open, and who of them is here.

export interface MeetingState {
  /** Members with a link to this page, by key (base64url). */
  readonly linked: ReadonlySet<string>;
  /** What keeps this page from meeting anybody: no relay, an address that cannot be hidden, or another page that does it. */
  readonly hindrance: 'relays' | 'hidden' | 'elsewhere' | undefined;
}

export const nobodyMet: MeetingState = { linked: new Set(), hindrance: undefined };
