// Tells of those who knock while nobody looks at the page of the call: one notification for each person, however often they ask.
import { readView, writeView } from '../platform/extension/session-view.ts';
import { isLookedAt } from './call-tabs.ts';
import { clearKnockNotification, showKnockNotification } from './ring-notification.ts';

export class KnockNotices {
  readonly #told = new Set<string>();

  /** Somebody is on the screen of the page. @param name as they say it. */
  async shown(contactId: string, name: string): Promise<void> {
    const held = await readView('heldCall');
    if (!held || this.#told.has(contactId) || (await isLookedAt(held.tabId))) return;
    this.#told.add(contactId);
    await showKnockNotification(contactId, name);
  }

  /** A button was pressed: the page of the call does it, for the knock that is there now. */
  async answer(contactId: string, admits: boolean): Promise<void> {
    await clearKnockNotification(contactId);
    const knock = (await readView('knocks'))?.find(({ call }) => call.contactId === contactId);
    if (knock) await writeView('knockAnswer', { callId: knock.call.callId, admits });
  }

  /** Somebody has decided, or they have gone. */
  async over(contactId: string): Promise<void> {
    this.#told.delete(contactId);
    // The background before this one may have shown it.
    await clearKnockNotification(contactId);
  }
}
