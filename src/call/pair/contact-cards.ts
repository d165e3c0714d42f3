// How two people of a call can reach each other after it. A contact is told the own contact link and the inbox that is kept for them alone, and
// tells theirs; nobody else is told anything, unless the person here gives it by hand. Both sides do that: then both are contacts.
import { type Signal, signal } from '@preact/signals';
import * as v from 'valibot';
import { type Bytes, equalBytes, fromBase64url, toBase64url } from '../../core/base/bytes.ts';
import type { Sealer } from '../../core/base/ports.ts';
import { byteString, wireObject } from '../../core/base/wire-object.ts';
import type { Contact } from '../../core/identity/contact.ts';
import { currentInbox } from '../../core/identity/contact-inbox.ts';
import { type ContactLink, maxLinkLength, parseContactLink } from '../../core/identity/contact-link.ts';
import type { ContactInboxMaker } from '../../core/identity/inboxes.ts';
import { isAcceptableQuantumKey } from '../../core/identity/quantum-key.ts';
import type { ControlWord, ControlWords, WordPlug } from '../../link/proven/control-words.ts';
import type { ContactStore } from '../../platform/store/contact-store.ts';
import type { CardState } from '../model/card-state.ts';

/** Both are written to the disk. */
const cardEveryMs = 2_000;
const inboxSecret = byteString(16);
const kem = v.pipe(
  v.string(),
  v.check((text) => quantumKeyIn(text) !== undefined),
);
const cardSchema = wireObject({
  link: v.pipe(v.string(), v.maxLength(maxLinkLength)),
  inbox: v.exactOptional(inboxSecret),
  kem: v.exactOptional(kem),
});
const keptSchema = wireObject({
  inbox: inboxSecret,
});

function quantumKeyIn(text: string): Bytes | undefined {
  const key = fromBase64url(text);
  return key && isAcceptableQuantumKey(key) ? key : undefined;
}

type SaidCard = v.InferOutput<typeof cardSchema>;

/**
 * How the sender can be reached after this call: its current contact link, and for a contact of its own the secret of the inbox that it keeps
 * for them alone. Said to contacts, and to somebody whom the person gives it by hand; again when it has changed.
 */
const cardWord: ControlWord<SaidCard> = {
  t: 'card',
  schema: cardSchema,
  everyMs: cardEveryMs,
  isPersonal: true,
};
/** The inbox of a card is written down: the sender may leave those that it handed out before. */
export const keptWord: ControlWord<v.InferOutput<typeof keptSchema>> = {
  t: 'kept',
  schema: keptSchema,
  everyMs: cardEveryMs,
  isPersonal: true,
};

/** How somebody can be reached: a contact link, an inbox secret of 16 bytes for contacts, and the ML-KEM-768 key beside the link's. */
export interface Card {
  readonly link: string;
  readonly inbox?: Bytes;
  readonly quantumKey?: Bytes;
}

export interface ContactCardParts {
  /** Whom the call is with: a contact, or somebody who passes by. */
  readonly contact: Contact;
  readonly contacts: Pick<ContactStore, 'get' | 'add' | 'change' | 'takeLink' | 'inboxTaken'>;
  readonly inboxes: Pick<ContactInboxMaker, 'current'>;
  readonly sealer: Pick<Sealer, 'sha256' | 'verify'>;
  /** The own contact link as it is now. */
  readonly ownLink: () => Promise<string>;
  /** The own ML-KEM-768 key. */
  readonly ownQuantumKey: () => Promise<Bytes | undefined>;
  readonly now: () => number;
  /** Contacts have changed: the background listens anew. */
  readonly onChange: () => void;
  readonly fault: (what: string, error: unknown) => void;
}

export class ContactCards {
  readonly state: Signal<CardState> = signal('contact');
  readonly #parts: ContactCardParts;
  #words: ControlWords | undefined;
  /** The cards that were said and heard on the present connection, as text. */
  #said = '';
  #known = '';
  #theirs: (Pick<Card, 'inbox' | 'quantumKey'> & { readonly link: ContactLink; isKept: boolean }) | undefined;
  #isGiven = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(parts: ContactCardParts) {
    this.#parts = parts;
    this.look();
  }

  /**
   * Says and hears the words of this call: each call of the pair has its own.
   * @param later runs what the first pictures need not wait for.
   */
  talk(words: ControlWords, later: (run: () => void) => void): void {
    this.#words = words;
    words.onOpened(() => {
      this.#said = '';
      this.#known = '';
    });
    words.onGreeted(() => void this.#tell());
    words.on(cardWord, (said) => {
      const text = JSON.stringify([said.link, said.inbox, said.kem]);
      if (text === this.#known) return;
      this.#known = text;
      const inbox = fromBase64url(said.inbox ?? '');
      const quantumKey = quantumKeyIn(said.kem ?? '');
      const card = { link: said.link, ...(inbox?.length === 16 && { inbox }), ...(quantumKey && { quantumKey }) };
      later(() => this.heard(card));
    });
    words.on(keptWord, (said) => {
      const inbox = fromBase64url(said.inbox);
      if (inbox) later(() => this.kept(inbox));
    });
  }

  /** The call that was begun beside this one has come to nothing. */
  goBackTo(words: ControlWords): void {
    this.#words = words;
    this.#said = '';
    this.#known = '';
  }

  /** What the other side may have now. */
  async own(): Promise<Card | undefined> {
    const { contact, contacts, inboxes, ownLink, ownQuantumKey } = this.#parts;
    const known = await contacts.get(contact.id);
    if (known?.blocked || (!known && !this.#isGiven)) return undefined;
    const [link, quantumKey] = await Promise.all([ownLink(), ownQuantumKey()]);
    const card = { link, ...(quantumKey && { quantumKey }) };
    return known ? { ...card, inbox: await inboxes.current(known) } : card;
  }

  /** The other side told its own. What is not signed by them, or is not about them, says nothing. */
  heard({ link: text, ...more }: Card): void {
    this.#inTurn('card', async () => {
      const { contact, sealer } = this.#parts;
      const parsed = await parseContactLink(text, sealer);
      if ('refused' in parsed) return;
      const { link } = parsed;
      if (!equalBytes(link.ed25519, contact.ed25519) || !equalBytes(link.x25519, contact.x25519)) return;
      this.#theirs = { ...more, link, isKept: false };
      await this.#settle();
    });
  }

  /** The other side has written down the inbox that it was told: those before it are left. */
  kept(inbox: Bytes): void {
    this.#inTurn('inbox', async () => {
      const { contact, contacts, inboxes, onChange } = this.#parts;
      const known = await contacts.get(contact.id);
      if (!known || !equalBytes(inbox, await inboxes.current(known))) return;
      await contacts.inboxTaken(contact.id, currentInbox(known));
      onChange();
    });
  }

  /** Gives them our link; they become a contact as soon as theirs is here. */
  readonly addToContacts = (): void => {
    this.#inTurn('add to contacts', async () => {
      this.#isGiven = true;
      await this.#settle();
      void this.#tell();
    });
  };

  /** Contacts or settings have changed. */
  look(): void {
    this.#inTurn('contacts', async () => {
      await this.#settle();
      void this.#tell();
    });
  }

  /** Tells how we can be reached, unless the other side was told the same before. */
  async #tell(): Promise<void> {
    if (!this.#words?.isOpen(cardWord)) return;
    const card = await this.own();
    if (!card) return;
    const { link, inbox, quantumKey } = card;
    const said: SaidCard = {
      link,
      ...(inbox && { inbox: toBase64url(inbox) }),
      ...(quantumKey && { kem: toBase64url(quantumKey) }),
    };
    const text = JSON.stringify(said);
    if (text !== this.#said && this.#words.say(cardWord, said)) this.#said = text;
  }

  async #settle(): Promise<void> {
    const { contact, contacts, onChange, now } = this.#parts;
    let known = await contacts.get(contact.id);
    const theirs = this.#theirs;
    if (!known && this.#isGiven && theirs) {
      known = await contacts.add(newContact(contact, theirs.link, now()));
      onChange();
    }
    if (known) this.state.value = 'contact';
    else this.state.value = theirs ? 'offered' : this.#isGiven ? 'given' : 'none';
    if (!known || known.blocked || !theirs || theirs.isKept) return;
    theirs.isKept = true;
    await contacts.takeLink(contact.id, theirs.link);
    await this.#takeQuantumKey(known, theirs.quantumKey);
    if (!theirs.inbox) return;
    await contacts.change(contact.id, { theirInbox: theirs.inbox });
    this.#words?.say(keptWord, { inbox: toBase64url(theirs.inbox) });
  }

  /** Whose version of today has none is not called with one: it could not read a word. Nobody but they can say so (docs/hostile-cases.md#e121). */
  async #takeQuantumKey({ id, quantumKey: known }: Contact, quantumKey: Bytes | undefined): Promise<void> {
    const isSame = known && quantumKey ? equalBytes(known, quantumKey) : known === quantumKey;
    if (!isSame) await this.#parts.contacts.change(id, { quantumKey });
  }

  /** One after another: two words of the other side may come at once. */
  #inTurn(what: string, run: () => Promise<void>): void {
    this.#queue = this.#queue.then(run).catch((error: unknown) => this.#parts.fault(what, error));
  }
}

/** Under the name that they have in this call. From whom the own address was hidden, it stays hidden. */
function newContact({ id, name, ed25519, x25519, hideAddress }: Contact, link: ContactLink, addedAt: number) {
  const { inboxSecret, relays, madeAt: linkMadeAt } = link;
  const unverified = { state: 'unverified' } as const;
  const keys = { id, name, ed25519, x25519, inboxSecret, relays, linkMadeAt, ...(hideAddress && { hideAddress }) };
  return { ...keys, addedAt, addedFrom: 'call' as const, blocked: false, verification: unverified };
}

export interface CardWordParts {
  readonly cards: ContactCards;
  /** Runs what can wait until the first pictures are there. */
  readonly afterPicture: (run: () => void) => void;
}

export const cardPlug: WordPlug<CardWordParts> = {
  words: [cardWord, keptWord],
  plug(words, { cards, afterPicture }) {
    cards.talk(words, afterPicture);
    return undefined;
  },
};
