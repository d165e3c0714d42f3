// What core asks of the world around it: keys, sealing, relays, time. Adapters in platform/ and doubles in tests/support implement these.
import type { Bytes } from './bytes.ts';

/** The identity's signing half (Ed25519, RFC 8032). The private key stays inside. */
export interface Signer {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** @returns 64 bytes. */
  sign(message: Bytes): Promise<Bytes>;
}

/** Bytes of a public ML-KEM-768 key (FIPS 203), and of what X-Wing encapsulates: the ML-KEM ciphertext and an X25519 key. */
export const quantumKeyBytes = 1184;
export const quantumEncBytes = 1088 + 32;

/**
 * The private half of an X25519 key that envelopes are sealed to (HPKE base mode, RFC 9180 section 5.1.1).
 */
export interface Opener {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** The lasting key of a person has a second half, which quantum computers do not break (docs/protocol.md#quantum-computers). */
  readonly quantum?: QuantumOpener;
  /** @returns the plaintext, or undefined when the ciphertext was not sealed to this key with this info and aad. */
  open(enc: Bytes, ciphertext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined>;
}

/** Opens what was sealed to an X25519 and an ML-KEM-768 key together (X-Wing). */
export interface QuantumOpener {
  /** @returns the public ML-KEM-768 key. */
  publicKey(): Promise<Bytes>;
  /** @returns the plaintext, or undefined when the ciphertext was not sealed to these keys with this info and aad. */
  open(enc: Bytes, ciphertext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined>;
}

/**
 * An X25519 key of one call page, with which two pages seal to each other without signing: each knows that the other wrote it, and can
 * prove it to nobody else (HPKE auth mode, RFC 9180 section 5.1.3).
 */
export interface PairKey {
  /** 32 bytes. */
  readonly publicKey: Bytes;
  /** @returns the encapsulated key, 32 bytes, and the ciphertext. @throws what the library throws for an unusable key. */
  sealFor(recipient: Bytes, plaintext: Bytes, info: Bytes, aad: Bytes): Promise<Bytes>;
  /** @returns the plaintext, or undefined unless the owner of `sender` sealed exactly this to this key with this info and aad. */
  openFrom(sender: Bytes, sealed: Bytes, info: Bytes, aad: Bytes): Promise<Bytes | undefined>;
}

/** A one-message HPKE context: the encapsulated key is known before the plaintext, so that it can be signed. */
export interface SealContext {
  /** 32 bytes, or `quantumEncBytes`. */
  readonly enc: Bytes;
  seal(plaintext: Bytes, aad: Bytes): Promise<Bytes>;
}

/** All cryptography that core needs. */
export interface Sealer {
  /** @param quantumKey the recipient's ML-KEM-768 key: then both would have to be broken. */
  sealTo(recipientPublicKey: Bytes, info: Bytes, quantumKey?: Bytes): Promise<SealContext>;
  /** Ed25519 verification. Small-order keys are refused before this is asked (core/ed25519-point). */
  verify(publicKey: Bytes, signature: Bytes, message: Bytes): Promise<boolean>;
  /** A fresh X25519 key pair for one call. */
  generateOpener(): Promise<Opener>;
  /** A fresh X25519 key pair for one call page. */
  generatePairKey(): Promise<PairKey>;
  sha256(bytes: Bytes): Promise<Bytes>;
  hkdfSha256(input: Bytes, salt: Bytes, info: Bytes, length: number): Promise<Bytes>;
  randomBytes(length: number): Bytes;
}

/** What a passphrase is made into a key with: UTF-8 bytes, PBKDF2 iterations, 16 bytes of salt; and a nonce of 12 bytes. */
export interface PassphraseLock {
  readonly passphrase: Bytes;
  readonly iterations: number;
  readonly salt: Bytes;
  readonly nonce: Bytes;
}

/** Sealing under a passphrase: PBKDF2-HMAC-SHA-256 (RFC 8018 section 5.2) makes the key of AES-256-GCM (NIST SP 800-38D). */
export interface PassphraseCipher {
  /** @returns the ciphertext with its tag of 16 bytes at the end. A lock is used once. */
  seal(lock: PassphraseLock, plaintext: Bytes, aad: Bytes): Promise<Bytes>;
  /** @returns the plaintext, or undefined when this lock did not seal exactly this. */
  open(lock: PassphraseLock, ciphertext: Bytes, aad: Bytes): Promise<Bytes | undefined>;
}

/** Sealing many blocks under one key that is used for nothing else: AES-256-GCM (NIST SP 800-38D). */
export interface BlockCipher {
  /** @param nonce 12 bytes, never twice. @returns the ciphertext with its tag of 16 bytes at the end. */
  seal(nonce: Bytes, plaintext: Bytes, aad: Bytes): Promise<Bytes>;
  /** @returns undefined when this was not sealed so. */
  open(nonce: Bytes, ciphertext: Bytes, aad: Bytes): Promise<Bytes | undefined>;
}

/** @param key 32 bytes. */
export type BlockCipherOf = (key: Bytes) => Promise<BlockCipher>;

/** Time. `now` is milliseconds since the Unix epoch; `after` returns a function that cancels. */
export interface Clock {
  now(): number;
  after(ms: number, run: () => void): () => void;
}

/** How relays can be spoken to, each with the prefix by which an address names it: `json+wss://relay.example`. */
export const dialectPrefixes = { nostr: 'nostr', mqtt: 'mqtt', 'json-pubsub': 'json', broadcast: 'raw' } as const;

export type RelayDialect = keyof typeof dialectPrefixes;

/** Why a relay did not take a message. 'in-trouble': it has a fault of its own and may take it later. */
export type PublishFailure =
  | 'too-large'
  | 'refused'
  | 'rate-limited'
  | 'in-trouble'
  | 'needs-login'
  | 'clock-wrong'
  | 'down';

/** The refusals that time may cure: the message is offered again. */
export const passingFailures: ReadonlySet<PublishFailure> = new Set(['rate-limited', 'in-trouble']);

/** What a person may know of one relay. `reason` is set while it is not up. */
export interface RelayState {
  readonly url: string;
  readonly phase: 'connecting' | 'up' | 'down';
  readonly dialect?: RelayDialect;
  /** 'no-site-access': nothing was asked, because it would tell the relay which installation this is. */
  readonly reason?: 'unreachable' | 'closed' | 'not-a-relay' | 'needs-login' | 'refused' | 'no-site-access';
  /** Milliseconds since the epoch of the next attempt. */
  readonly retryAt?: number;
  /** Why it did not take our last message, while it is up (docs/hostile-cases.md#e43). */
  readonly refusal?: Exclude<PublishFailure, 'down'>;
}

/**
 * A set of relays seen as one mailbox: best effort, unordered, forgeable. Copies of one payload arrive once.
 * Publishes nothing by itself but heartbeats.
 */
export interface RelayPool {
  /** Declares all topics (32 bytes each, as lower-case hex) that are wanted from now on; replaces the earlier set. */
  setTopics(topics: ReadonlySet<string>): void;
  /** Sends to every relay of the pool that is or comes up within `ttlSec`. Resolves when the first has taken it; rejects with PublishError when all refused or none came up in time. */
  publish(topicHex: string, payload: Bytes, ttlSec: number): Promise<void>;
  onMessage(listener: (topicHex: string, payload: Bytes) => void): void;
  onState(listener: (states: readonly RelayState[]) => void): void;
  states(): readonly RelayState[];
  /** Replaces the relays while running: kept ones stay connected. */
  setUrls(urls: readonly string[]): void;
  /** Resolves when at least one relay is up with its topics subscribed, or after `withinMs` with false. */
  ready(withinMs: number): Promise<boolean>;
  /** The network came back: tries every relay that is not up at once. */
  retryNow(): void;
  close(): void;
}

/** No relay took the message. */
export class PublishError extends Error {
  readonly code: PublishFailure;
  constructor(code: PublishFailure, cause?: unknown) {
    super(`publish failed: ${code}`, { cause });
    this.name = 'PublishError';
    this.code = code;
  }
}
