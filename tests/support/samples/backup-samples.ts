// A backup's contents with one of everything, and a passphrase cipher that is quick enough for thousands of cases.

import { type Bytes, concat, toBase64url, toHex, u32be } from '../../../src/core/base/bytes.ts';
import type { PassphraseCipher, PassphraseLock } from '../../../src/core/base/ports.ts';
import type { BackupContents } from '../../../src/core/data/backup.ts';
import type { HistoryEntry } from '../../../src/core/data/history-entry.ts';
import type { Contact, ContactRequest } from '../../../src/core/identity/contact.ts';
import { WebCryptoPassphrase } from '../../../src/platform/crypto/web-crypto-passphrase.ts';
import { testBytes, testIdentity } from './test-identity.ts';

/** The contact whose keys are those of the test identity of that number. */
export async function sampleContact(seed: number, change: Partial<Contact> = {}): Promise<Contact> {
  const { ed25519, x25519, keys } = await testIdentity(seed);
  return {
    id: toHex(ed25519),
    name: `Person ${seed}`,
    ed25519,
    x25519,
    inboxSecret: keys.inboxSecret,
    relays: ['wss://relay.example/', 'ws://127.0.0.1:7777'],
    addedAt: 1_000 + seed,
    addedFrom: 'link',
    blocked: false,
    verification: { state: 'unverified' },
    ...change,
  };
}

export async function sampleRequest(seed: number, change: Partial<ContactRequest> = {}): Promise<ContactRequest> {
  const id = toHex((await testIdentity(seed)).ed25519);
  return { id, name: `Stranger ${seed}`, link: 'ffc:1:AAAA', lastAt: 5_000 + seed, attempts: 2, ...change };
}

export async function sampleCall(seed: number, change: Partial<HistoryEntry> = {}): Promise<HistoryEntry> {
  return {
    callId: toBase64url((await testBytes(`call ${seed}`)).slice(0, 16)),
    contactId: toHex((await testIdentity(2)).ed25519),
    contactName: 'Person 2',
    direction: 'incoming',
    media: 'video',
    outcome: 'missed',
    at: 10_000 + seed,
    durationMs: 0,
    seen: false,
    ...change,
  };
}

/** The backup of test identity 1: a verified contact, a blocked one, one whose emoji differed, a stranger and two calls. */
export async function sampleContents(change: Partial<BackupContents> = {}): Promise<BackupContents> {
  return {
    madeAt: 1_700_000_000_000,
    owner: (await testIdentity(1)).ed25519,
    name: 'Zoë 🦊',
    settings: {
      relays: ['wss://relay.example/', 'nostr+wss://name:secret@other.example/path'],
      iceServers: [
        { urls: 'stun:stun.example:3478' },
        { urls: 'turns:turn.example?transport=tcp', username: 'u', credential: 'pässword' },
        { urls: 'turn:own.example', username: 'u', secret: 'shared with my server' },
      ],
      ownServers: [
        {
          name: 'own.example',
          relays: [],
          iceServers: ['turn:own.example'],
          page: 'https://own.example/join/',
          endsAt: 1_800_000_000_000,
        },
      ],
      guestPage: 'https://pages.example/join/',
      doNotDisturb: true,
      quietHours: { on: true, days: [1, 2, 3, 4, 5], from: 1_320, to: 420 },
      favouritesRing: true,
      ringTone: 'marimba',
      ringVolume: 0.4,
      ringWindow: false,
      ringtone: false,
      checkFirst: false,
      closesAfterCall: false,
      sendsPortrait: true,
      takesPortraits: false,
      savedGroups: [{ name: 'Choir', contactIds: ['ab'.repeat(32), 'cd'.repeat(32)] }],
      keepHistory: true,
      linkGeneration: 2,
      linkMadeAt: 1_699_000_000_000,
      inboxFloor: 3,
      linkCalls: false,
      hideAddress: true,
    },
    contacts: [
      await sampleContact(2, {
        verification: { state: 'verified', at: 2_000 },
        theirInbox: new Uint8Array(16).fill(7),
        inboxGeneration: 4,
        inboxOldest: 3,
        hasOurInbox: true,
        linkMadeAt: 1_698_000_000_000,
      }),
      await sampleContact(3, { hideAddress: true, favourite: true, blocked: true, addedFrom: 'request', relays: [] }),
      await sampleContact(4, {
        verification: { state: 'different', at: 3_000 },
        addedFrom: 'scan',
        muted: true,
        ringTone: 'bell',
      }),
    ],
    requests: [await sampleRequest(5)],
    history: [
      await sampleCall(1),
      await sampleCall(2, {
        outcome: 'answered',
        durationMs: 61_000,
        seen: true,
        others: ['Person 3', 'Zoë'],
        page: 'one page',
      }),
    ],
    ...change,
  };
}

/** One iteration instead of 600 000; everything else as it is. The number is part of the salt, so that it still matters. */
export class QuickPassphrase implements PassphraseCipher {
  readonly #real = new WebCryptoPassphrase();
  /** How often a key was derived. */
  derivations = 0;

  #quick(lock: PassphraseLock): PassphraseLock {
    this.derivations += 1;
    return { ...lock, salt: concat(lock.salt, u32be(lock.iterations)), iterations: 1 };
  }

  seal(lock: PassphraseLock, plaintext: Bytes, aad: Bytes): Promise<Bytes> {
    return this.#real.seal(this.#quick(lock), plaintext, aad);
  }

  open(lock: PassphraseLock, ciphertext: Bytes, aad: Bytes): Promise<Bytes | undefined> {
    return this.#real.open(this.#quick(lock), ciphertext, aad);
  }
}
