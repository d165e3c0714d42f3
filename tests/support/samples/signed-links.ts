// A signed contact link, and links of any bytes.
import { beforeAll } from 'vitest';
import { type Bytes, concat, toBase64url, utf8 } from '../../../src/core/base/bytes.ts';
import { type ContactLink, formatContactLink, type LinkPen } from '../../../src/core/identity/contact-link.ts';
import { sealer, testIdentity } from './test-identity.ts';

export let alice: ContactLink;
export let text: string;
export let pen: LinkPen;

beforeAll(async () => {
  const { ed25519, x25519, keys, signer } = await testIdentity(1);
  alice = {
    ed25519,
    x25519,
    inboxSecret: keys.inboxSecret,
    relays: ['wss://relay.example.org', 'mqtt+wss://broker.example.net:8884/mqtt', 'ws://127.0.0.1:7777'],
    name: 'Zoë Müller',
    madeAt: 1_795_000_000_123,
  };
  pen = { sealer, signer };
  text = await formatContactLink(alice, pen);
});

/** A link of any records, signed by Alice, with a correct checksum. */
export async function signedLinkOf(body: Uint8Array): Promise<string> {
  const signature = await pen.signer.sign(concat(utf8('ffc/1 link\0'), new Uint8Array(body)));
  return linkOf(concat(body, record(3, signature)));
}

/** A link of any bytes, with a correct checksum unless `checksum` says otherwise. */
export async function linkOf(body: Uint8Array, checksum?: Uint8Array): Promise<string> {
  const sum = checksum ?? (await sealer.sha256(new Uint8Array(body))).slice(0, 4);
  return `ffc:1:${toBase64url(concat(body, new Uint8Array([255, 4]), sum))}`;
}

export function head(change: Partial<{ version: number; ed25519: Bytes; x25519: Bytes; flags: number }> = {}): Bytes {
  return concat(
    new Uint8Array([change.version ?? 1]),
    change.ed25519 ?? alice.ed25519,
    change.x25519 ?? alice.x25519,
    alice.inboxSecret,
    new Uint8Array([change.flags ?? 0]),
  );
}

export function record(type: number, value: string | Uint8Array): Bytes {
  const bytes = typeof value === 'string' ? utf8(value) : value;
  return concat(new Uint8Array([type, bytes.length]), bytes);
}
