// Reads the portraits that are kept in this browser, now and whenever one changes. Loaded after the first screen: initials stand there until then.
import { onStoreChanged, openDatabase } from '../../platform/store/database.ts';
import { PortraitStore } from '../../platform/store/portrait-store.ts';
import { shownPortraits } from './shown-portraits.ts';

export async function followPortraits(): Promise<void> {
  const store = new PortraitStore(await openDatabase());
  const read = async (): Promise<void> => {
    const before = shownPortraits.value;
    const kept = await store.all();
    shownPortraits.value = new Map(
      [...kept].map(([id, { jpeg }]) => [id, URL.createObjectURL(new Blob([jpeg], { type: 'image/jpeg' }))]),
    );
    for (const address of before.values()) URL.revokeObjectURL(address);
  };
  await read();
  onStoreChanged((store) => {
    if (store === 'portraits') void read();
  });
}
