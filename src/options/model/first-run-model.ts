// The way to an identity: welcome -> words -> check -> finish, or welcome -> restore -> finish.
// The words live in this page's memory only, and the identity is written when the person is done with them.
import { effect, type Signal, signal } from '@preact/signals';
import { cleanDisplayName } from '../../core/base/display-name.ts';
import { suggestedRelays } from '../../core/data/settings.ts';
import { entropyFromWords, type RefusedWords, wordsFromEntropy, wordsIn } from '../../core/identity/recovery-words.ts';
import { deriveIdentityKeys, type IdentityKeys } from '../../platform/crypto/identity-keys.ts';
import { maxLinkRelays } from '../../platform/crypto/own-link.ts';
import { busySign } from '../../platform/extension/page-life.ts';
import type { OptionsModel } from './options-model.ts';

export type FirstRunStep = 'welcome' | 'words' | 'check' | 'restore' | 'finish' | 'done';

const wordCount = 24;
const askedCount = 3;

/** Three different places between 1 and 24, in order. */
function randomPositions(): readonly number[] {
  const picked = new Set<number>();
  while (picked.size < askedCount) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 0;
    // 240 is the largest multiple of 24 in a byte: no place is likelier than another.
    if (byte < 240) picked.add((byte % wordCount) + 1);
  }
  return [...picked].sort((a, b) => a - b);
}

export class FirstRunModel {
  readonly step = signal<FirstRunStep>('welcome');
  readonly name: Signal<string>;
  readonly nameMissing = signal(false);
  /** Every relay on offer: the suggestions and what the person added. */
  readonly offeredRelays = signal<readonly string[]>(suggestedRelays);
  readonly chosenRelays = signal<ReadonlySet<string>>(new Set(suggestedRelays.slice(0, maxLinkRelays)));
  readonly words = signal<readonly string[]>([]);
  readonly askedPositions = signal<readonly number[]>([]);
  /** Lost keys, and the person decided for a new identity. */
  readonly startsOver = signal(false);
  /** Words that are right but belong to another identity than the lost one: used only after a yes. */
  readonly otherIdentity = signal(false);
  /** The identity that was written came out of its words: there may be a backup that goes with it. */
  readonly wasRestored = signal(false);

  readonly #options: OptionsModel;
  #keys: IdentityKeys | undefined;

  constructor(options: OptionsModel) {
    this.#options = options;
    this.name = options.drafts.text('own-name');
    const beBusy = busySign();
    // The words are nowhere else yet: an update of the extension would take them away.
    effect(() => beBusy(this.step.value === 'words' || this.step.value === 'check' || this.step.value === 'restore'));
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

  /** Makes a new identity and shows its words. Nothing is written yet. */
  async create(): Promise<void> {
    if (!this.#hasName()) return;
    const entropy = crypto.getRandomValues(new Uint8Array(32));
    this.words.value = wordsFromEntropy(entropy);
    this.#keys = await deriveIdentityKeys(entropy);
    entropy.fill(0);
    this.step.value = 'words';
  }

  askWords(): void {
    this.askedPositions.value = randomPositions();
    this.step.value = 'check';
  }

  /** @returns the positions whose word was wrong; when there is none the identity is written. */
  async checkWords(typed: readonly string[]): Promise<readonly number[]> {
    const wrong = this.askedPositions.value.filter(
      (position, index) => wordsIn(typed[index] ?? '').join(' ') !== this.words.value[position - 1],
    );
    if (wrong.length === 0) await this.#write(true, false);
    return wrong;
  }

  async skipCheck(): Promise<void> {
    await this.#write(false, false);
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
    else await this.#write(true, true);
    return undefined;
  }

  /** Yes, use the words of another identity than the lost one. */
  async useOtherIdentity(): Promise<void> {
    await this.#write(true, true);
  }

  #hasName(): boolean {
    this.nameMissing.value = cleanDisplayName(this.name.value) === '';
    return !this.nameMissing.value;
  }

  async #write(wordsChecked: boolean, wasRestored: boolean): Promise<void> {
    if (!this.#keys) return;
    this.wasRestored.value = wasRestored;
    const relays = this.offeredRelays.value.filter((url) => this.chosenRelays.value.has(url));
    this.step.value = 'finish';
    await this.#options.writeIdentity(this.#keys, cleanDisplayName(this.name.value), wordsChecked, relays);
    this.#options.drafts.forget('own-name');
    this.#keys = undefined;
    this.words.value = [];
    this.otherIdentity.value = false;
  }
}
