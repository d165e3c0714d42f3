// Portraits in calls: who is told ours, and what is kept of theirs. Loaded once somebody is linked. Both sides have to want it: nothing is sent
// that the person has not switched on, nothing is kept while they do not want to see any, and of strangers there is neither.
import { type Bytes, toBase64url, toHex } from '../../core/base/bytes.ts';
import type { Sealer } from '../../core/base/ports.ts';
import { TaskQueue } from '../../core/base/task-queue.ts';
import { readPortrait } from '../../core/media/portrait.ts';
import { drawPortrait } from '../../platform/media/draw-portrait.ts';
import type { ContactStore } from '../../platform/store/contact-store.ts';
import type { PortraitStore } from '../../platform/store/portrait-store.ts';
import type { SettingsStore } from '../../platform/store/settings-store.ts';
import type { SaidPortrait } from '../pair/portrait-word.ts';

export interface OwnPortraitsParts {
  readonly ownId: string;
  readonly portraits: Pick<PortraitStore, 'get' | 'put' | 'remove'>;
  readonly contacts: Pick<ContactStore, 'get'>;
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly sealer: Pick<Sealer, 'sha256'>;
  /** Decodes a picture and draws it anew. */
  readonly draw?: (picture: Blob) => Promise<Bytes>;
}

export class OwnPortraits {
  readonly #parts: OwnPortraitsParts;
  readonly #heard = new TaskQueue();

  constructor(parts: OwnPortraitsParts) {
    this.#parts = parts;
  }

  /** What a contact is told; whoever is none is told nothing. Without a wish to be seen they are told that there is none. */
  async own(contactId: string): Promise<SaidPortrait | undefined> {
    const { ownId, portraits, settings } = this.#parts;
    if (!(await this.#isContact(contactId))) return undefined;
    const kept = (await settings.read()).sendsPortrait ? await portraits.get(ownId) : undefined;
    return kept ? { jpeg: toBase64url(kept.jpeg) } : {};
  }

  /** One after another. What is no portrait, or cannot be drawn, leaves everything as it was. */
  heard(contactId: string, said: SaidPortrait): Promise<void> {
    return this.#heard.run(() => this.#take(contactId, said)).catch(() => undefined);
  }

  async #take(contactId: string, { jpeg: text }: SaidPortrait): Promise<void> {
    const { portraits, settings, sealer, draw = drawPortrait } = this.#parts;
    if (!(await this.#isContact(contactId)) || !(await settings.read()).takesPortraits) return;
    if (text === undefined) return portraits.remove(contactId);
    const picture = readPortrait(text);
    if (!picture) return;
    const sent = toHex(await sealer.sha256(picture));
    if ((await portraits.get(contactId))?.sent === sent) return;
    const jpeg = await draw(new Blob([picture], { type: 'image/jpeg' }));
    // Meanwhile they may have been removed or blocked.
    if (await this.#isContact(contactId)) await portraits.put(contactId, { jpeg, sent });
  }

  async #isContact(id: string): Promise<boolean> {
    return (await this.#parts.contacts.get(id))?.blocked === false;
  }
}
