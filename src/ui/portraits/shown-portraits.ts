// The portraits that a page shows in place of initials: addresses of pictures, by the person's public key in hex. Empty until somebody reads them.
import { signal } from '@preact/signals';

export const shownPortraits = signal<ReadonlyMap<string, string>>(new Map());
