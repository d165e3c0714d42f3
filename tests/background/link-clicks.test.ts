// A contact link in a page was clicked: who is called at once, and who is not.
import { beforeEach, expect, test } from 'vitest';
import { LinkClicks } from '../../src/background/link-clicks.ts';
import { toHex } from '../../src/core/base/bytes.ts';
import type { Contact } from '../../src/core/identity/contact.ts';
import { formatContactLink, formatGuestLink } from '../../src/core/identity/contact-link.ts';
import { sampleContact } from '../support/samples/backup-samples.ts';
import { sealer, testIdentity } from '../support/samples/test-identity.ts';

const bob = await testIdentity(2);
const link = {
  ed25519: bob.ed25519,
  x25519: bob.x25519,
  inboxSecret: new Uint8Array(16),
  relays: [],
  name: 'Bob',
  madeAt: 1,
};
const pen = { sealer, signer: bob.signer };
const text = await formatContactLink(link, pen);
const known = await sampleContact(2);

let contacts: Contact[];
let happened: string[];
let calls: LinkClicks;

beforeEach(() => {
  [contacts, happened] = [[], []];
  calls = new LinkClicks(
    sealer,
    Promise.resolve({ contacts: { get: async (id: string) => contacts.find((one) => one.id === id) } }),
    async (id) => void happened.push(`call ${id}`),
    async (asked) => void happened.push(`add ${asked}`),
  );
});

test('a contact is called, also where the page has wrapped the link (fault 8)', async () => {
  contacts = [known];
  await calls.call([`> ${text.slice(0, 70)}\r\n> ${text.slice(70)}`, '']);
  expect(happened).toEqual([`call ${toHex(bob.ed25519)}`]);
});

test('a stranger, and somebody blocked, is offered to be added', async () => {
  await calls.call(['', `call me: ${text}`]);
  contacts = [{ ...known, blocked: true }];
  await calls.call([text]);
  expect(happened).toEqual([`add ${text}`, `add ${text}`]);
});

// M9. Seen to fail with the signature not checked: the contact is called.
test('a link that somebody else wrote calls nobody', async () => {
  contacts = [known];
  const forged = await formatContactLink(link, { sealer, signer: (await testIdentity(3)).signer });
  await calls.call([forged]);
  expect(happened).toEqual([`add ${forged}`]);
});

// Seen to fail with parseGuestLink beside it: a link for one call is no way to call somebody.
test('a guest link calls nobody', async () => {
  contacts = [known];
  const guest = await formatGuestLink(link, pen);
  await calls.call([guest]);
  expect(happened).toEqual([`add ${guest}`]);
});

test('a text without a link is explained', async () => {
  await calls.call(['hello', '']);
  expect(happened).toEqual(['add undefined']);
});
