// Which rooms there are, for the popup. They are apart from everything else: where they cannot be read, the rest of the popup goes on.
import { signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import { type RoomList, readRoomList } from '../platform/store/room-list.ts';

export const shownRooms = signal<RoomList>({ rooms: [], invitations: 0 });

/** Reads them anew. */
export async function readRooms(): Promise<void> {
  shownRooms.value = await readRoomList().catch(() => shownRooms.value);
}

/** Opens the page of rooms: one of them, 'new' for a new one, '' for the list. */
export async function openRooms(room: string): Promise<void> {
  await browser.tabs.create({ url: browser.runtime.getURL(`src/room/index.html#${room}`) });
  if (browser.extension.getViews({ type: 'popup' }).includes(window)) window.close();
}
