// The page for guests that invitations lead to: typed by hand, looked at before it is kept, and looked at again whenever somebody wants to know.
import { computed, signal } from '@preact/signals';
import browser from 'webextension-polyfill';
import {
  checkGuestPage,
  type GuestPageFacts,
  guestPageAddress,
  loadFile,
  type PageVerdict,
} from '../../connectivity/check-guest-page.ts';
import { invitationPage } from '../../core/network/own-servers.ts';
import { WebCryptoSealer } from '../../platform/crypto/web-crypto-sealer.ts';
import { mayConnect } from '../../platform/extension/own-origin.ts';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from './options-model.ts';

export type GuestPageSettings = Pick<OptionsModel, 'settings' | 'change'>;

/** A look at one address, under way or done. */
export interface PageLook {
  readonly address: string;
  readonly verdict: PageVerdict | 'looking';
}

/** Looks at a page as it is now. */
export type LookAtPage = (address: string) => Promise<PageVerdict>;

const lookAtPage: LookAtPage = async (address) => {
  if (guestPageAddress(address) === undefined) return { state: 'not-an-address' };
  const built = await loadFile(browser.runtime.getURL('guest-page.json'));
  const facts = JSON.parse(new TextDecoder().decode(built)) as GuestPageFacts;
  // In Firefox the request would name this installation.
  if (!(await mayConnect())) return { state: 'unreachable' };
  return checkGuestPage(address, facts, { load: loadFile, sealer: new WebCryptoSealer() });
};

export class GuestPageModel {
  /** What is in the field. */
  readonly typed = signal('');
  readonly look = signal<PageLook | undefined>(undefined);
  readonly #options: GuestPageSettings;
  readonly #lookAt: LookAtPage;
  /** Where invitations lead now. */
  readonly page;

  constructor(options: GuestPageSettings, lookAt: LookAtPage = lookAtPage) {
    this.#options = options;
    this.#lookAt = lookAt;
    this.page = computed(() => invitationPage(options.settings.value));
  }

  /** Of the pages that could be used it is the one that was typed. */
  get isTyped(): boolean {
    return this.#options.settings.value.guestPage !== '';
  }

  /** Another text in the field: what was found of the one before is not said of it. */
  type(typed: string): void {
    this.typed.value = typed;
    this.look.value = undefined;
  }

  /** Looks at what is in the field. */
  test(): Promise<void> {
    return this.#look(this.typed.value);
  }

  /** Looks at the page that invitations lead to. */
  async check(): Promise<void> {
    if (this.page.value !== undefined) await this.#look(this.page.value);
  }

  /** Keeps what was typed, as far as there is a page. */
  async save(): Promise<void> {
    const { look, typed } = this;
    const found = look.value?.address === typed.value ? look.value.verdict : undefined;
    const address = guestPageAddress(typed.value);
    if (!found || found === 'looking' || address === undefined || !isUsable(found)) return;
    this.type('');
    await this.#options.change({ guestPage: address }, text('guestPageSaved', address));
  }

  async remove(): Promise<void> {
    this.look.value = undefined;
    await this.#options.change({ guestPage: '' }, text('guestPageRemoved'));
  }

  async #look(address: string): Promise<void> {
    const look: PageLook = { address, verdict: 'looking' };
    this.look.value = look;
    const verdict = await this.#lookAt(address).catch((): PageVerdict => ({ state: 'unreachable' }));
    if (this.look.value === look) this.look.value = { address, verdict };
  }
}

/** A page of ours, of whatever version: guests can join from it. */
export function isUsable({ state }: PageVerdict): boolean {
  return state === 'unchanged' || state === 'changed';
}
