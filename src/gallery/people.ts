// The people whom the gallery shows: short names and long ones, right to left, emoji, letters with marks.

import type { HistoryEntry } from '../core/data/history-entry.ts';
import type { Contact, ContactRequest } from '../core/identity/contact.ts';

/** When everything in the gallery happens: pictures of it differ by what was changed only. Ms since the epoch. */
export const galleryNow = Date.UTC(2026, 10, 29, 14, 30);

export const names = [
  'Alice',
  'Bob',
  'Dr. Maria-Magdalena Hohenstein-Weißenfels',
  'José Núñez',
  'ليلى حداد',
  'Wolf 🐺 & Kids 👨‍👩‍👧',
  'Zoë',
  'Nguyễn Thị Minh Khai',
] as const;

/** A key that tells two people apart; nobody has its other half. */
export const idOf = (place: number): string => (place + 1).toString(16).padStart(2, '0').repeat(32);

const keyOf = (place: number) => new Uint8Array(32).fill(place + 1);

export function contact(place: number, change: Partial<Contact> = {}): Contact {
  return {
    id: idOf(place),
    name: names[place % names.length] ?? '',
    ed25519: keyOf(place),
    x25519: keyOf(place),
    inboxSecret: new Uint8Array(16).fill(place + 1),
    relays: ['wss://relay.example'],
    addedAt: galleryNow - 86_400_000,
    addedFrom: 'link',
    blocked: false,
    verification: { state: 'unverified' },
    ...change,
  };
}

export function historyEntry(place: number, change: Partial<HistoryEntry> = {}): HistoryEntry {
  return {
    callId: `call-${place}-${change.outcome ?? 'answered'}`,
    contactId: idOf(place),
    contactName: names[place % names.length] ?? '',
    direction: 'incoming',
    media: 'video',
    outcome: 'answered',
    at: galleryNow - (place + 1) * 3_700_000,
    durationMs: 754_000,
    seen: true,
    ...change,
  };
}

export function contactRequest(place: number, change: Partial<ContactRequest> = {}): ContactRequest {
  return {
    id: idOf(place),
    name: names[place % names.length] ?? '',
    link: 'ffc:1:gallery',
    lastAt: galleryNow - 600_000,
    attempts: 2,
    ...change,
  };
}
