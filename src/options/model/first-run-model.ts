// The way to an identity: welcome -> finish, or welcome -> restore -> finish. A new one is written at once, with its words, which are for later;
// typed ones live in this page's memory only.
import { effect, type Signal, signal } from '@preact/signals';
import type { Bytes } from '../../core/base/bytes.ts';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import { suggestedRelays } from '../../core/data/settings.ts';
import { entropyFromWords, type RefusedWords } from '../../core/identity/recovery-words.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../../platform/crypto/identity-keys.ts';
import { maxLinkRelays } from '../../platform/crypto/own-link.ts';
import { busySign } from '../../platform/extension/page-life.ts';
import type { OptionsModel } from './options-model.ts';

export type FirstRunStep = 'welcome' | 'restore' | 'finish' | 'done';

export class FirstRunModel {
  readonly step = signal<FirstRunStep>('welcome');
  readonly name: Signal<string>;
  readonly nameMissing = signal(false);
  /** Every relay on offer: the suggestions and what the person added. */
  readonly offeredRelays = signal<readonly string[]>(suggestedRelays);
  readonly chosenRelays = signal<ReadonlySet<string>>(new Set(suggestedRelays.slice(0, maxLinkRelays)));
  /** Lost keys, and the person decided for a new identity. */
  readonly startsOver = signal(false);
  /** Words that are right but belong to another identity than the lost one: used only after a yes. */
  readonly otherIdentity = signal(false);
  /** The identity that was written came out of its words: there may be a backup that goes with it. */
  readonly wasRestored = signal(false);

  readonly #options: OptionsModel;
  #keys: IdentityKeys | undefined;
  #isMaking = false;

  constructor(options: OptionsModel) {
    this.#options = options;
    this.name = options.drafts.text('own-name');
    const beBusy = busySign();
    // The words that are typed are nowhere else: an update of the extension would take them away.
    effect(() => beBusy(this.step.value === 'restore'));
    const relays = options.settings.peek().relays;
    if (relays.length === 0) return;
    this.offeredRelays.value = [...new Set([...relays, ...suggestedRelays])];
    this.chosenRelays.value = new Set(relays);
  }

  chooseRelay(url: string, chosen: boolean): void {
    const next = new Set(this.chosenRelays.value);
    if (chosen) next.add(url);
    else next.delete(url);
    this.chosenRelays.value = next;
  }

  addRelay(url: string): void {
    this.offeredRelays.value = [...this.offeredRelays.value, url];
    this.chooseRelay(url, true);
  }

  /** Makes a new identity and writes it, once, however often it is asked for. */
  async create(): Promise<void> {
    if (!this.#hasName() || this.#isMaking) return;
    this.#isMaking = true;
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    this.#keys = await deriveIdentityKeys(entropy);
    await this.#write(entropy);
    entropy.fill(0);
    this.#isMaking = false;
  }

  /** Reads 24 typed words. Right ones are written at once, unless they belong to another identity than the lost one. */
  async restore(typed: string): Promise<RefusedWords | undefined> {
    this.otherIdentity.value = false;
    if (!this.#hasName()) return undefined;
    const read = entropyFromWords(typed);
    if ('refused' in read) return read;
    this.#keys = await deriveIdentityKeys(read.entropy);
    read.entropy.fill(0);
    if (this.#options.identity.value.state === 'lost' && !this.#options.isOwnKey(this.#keys.ed25519Public))
      this.otherIdentity.value = true;
    else await this.#write();
    return undefined;
  }

  /** Yes, use the words of another identity than the lost one. */
  async useOtherIdentity(): Promise<void> {
    await this.#write();
  }

  #hasName(): boolean {
    this.nameMissing.value = cleanDisplayName(this.name.value) === '';
    return !this.nameMissing.value;
  }

  /** @param entropy of a new identity; without it the words were typed. */
  async #write(entropy?: Bytes): Promise<void> {
    if (!this.#keys) return;
    this.wasRestored.value = entropy === undefined;
    const relays = this.offeredRelays.value.filter((url) => this.chosenRelays.value.has(url));
    this.step.value = 'finish';
    await this.#options.writeIdentity(this.#keys, cleanDisplayName(this.name.value), relays, entropy);
    this.#options.drafts.forget('own-name');
    this.#keys = undefined;
    this.otherIdentity.value = false;
  }
}
