// What a person sends to invite somebody: the link survives what mail and chat programs do to the message around it.
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { formatContactLink, formatGuestLink } from '../../../src/core/identity/contact-link.ts';
import { readableLink } from '../../../src/core/identity/link-repair.ts';
import {
  addressOf,
  type Invitation,
  invitationCalendar,
  invitationText,
  mailAddress,
  subjectOf,
} from '../../../src/ui/invite/invitation.ts';
import '../../support/drivers/extension-texts.ts';
import { sealer, testIdentity } from '../../support/samples/test-identity.ts';

const { ed25519, x25519, keys, signer } = await testIdentity(1);
const parts = {
  ...{ ed25519, x25519, inboxSecret: keys.inboxSecret, name: 'Zoë', madeAt: 50 },
  relays: ['wss://relay.example', 'wss://second.example'],
};
const link = await formatContactLink(parts, { sealer, signer });
const guest = await formatGuestLink(parts, { sealer, signer });

const person: Invitation = { link, to: 'person', name: 'Zoë', hasRelay: true };
const page = 'https://calls.example/join/';
const time = { from: Date.UTC(2026, 11, 3, 17), until: Date.UTC(2026, 11, 3, 18) };
const title = 'Parents’ evening; room 2, left';
const call: Invitation = { link: guest, to: 'call', name: 'Zoë', hasRelay: true, page, time, title };

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

test('invitation: with a page it is one web address, without one the link and what to do with it', () => {
  expect(addressOf({ link, page })).toBe(`${page}#${link}`);
  expect(addressOf(person)).toBe(link);
  expect(invitationText(person)).toBe(
    `Zoë invites you to private video calls with FreeFlow Connect, a free extension for Chrome, Edge and Firefox. Install it, choose “Add contact” and paste this link:\n\n${link}`,
  );
  expect(invitationText({ ...person, page })).toMatch(/Open this link.*:\n\nhttps:\/\/calls\.example\/join\/#ffc:1:/s);
});

test('invitation: to a call it says what the call is about, when, and that somebody lets them in', () => {
  const lines = invitationText(call).split('\n');
  expect(lines[0]).toBe('Parents’ evening; room 2, left');
  expect(lines[1]).toMatch(/Thursday, December 3.*5:00.*6:00.PM UTC/);
  expect(lines.at(-1)).toMatch(/let you in/);
  expect(subjectOf(call)).toBe('Parents’ evening; room 2, left (video call with Zoë)');
});

// What programs do to a text on its way, and the link is read out of it all the same.
const ways: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'a full stop put behind it': (text) => `${text}.`,
  'quoted in an answer': (text) => text.replaceAll(/^/gm, '> '),
  'wrapped at 72': (text) => text.replaceAll(/(.{72})/g, '$1\n'),
  'wrapped and quoted': (text) => text.replaceAll(/(.{72})/g, '$1\n').replaceAll(/^/gm, '>> '),
  'percent-encoded': (text) => encodeURIComponent(text),
  'as HTML with a link': (text) =>
    text.replace(/(https:|ffc:)\S+/, (address) => `<a href="${address}">${address.slice(0, 60)}…</a>`),
  'invisible signs put into it': (text) => text.replaceAll(/(.{40})/g, '$1\u200b'),
  'behind a redirect of a chat program': (text) =>
    text.replace(/https:\S+/, (address) => `https://l.example/?u=${encodeURIComponent(address)}&h=AT0x`),
};

describe.each([
  ['a person, plain', person],
  ['a person, by a page', { ...person, page }],
  ['a call, by a page', call],
])('invitation to %s: the link survives', (_, invitation) => {
  test.each(Object.entries(ways))('%s', async (_way, change) => {
    expect(await readableLink(change(invitationText(invitation)), sealer)).toBe(invitation.link);
  });
});

test('invitation: by mail subject and text arrive whole', () => {
  const mail = new URL(mailAddress(call));
  expect(mail.protocol).toBe('mailto:');
  expect(mail.pathname).toBe('');
  expect(mail.searchParams.get('subject')).toBe(subjectOf(call));
  expect(mail.searchParams.get('body')).toBe(invitationText(call).replaceAll('\n', '\r\n'));
  // Blanks as plus signs would be read as plus signs.
  expect(mail.search).not.toContain('+');
});

test('invitation: a calendar file only where a time is set, with the link in its text', async () => {
  expect(invitationCalendar(person, 'uid', 0)).toBeUndefined();
  const file = invitationCalendar(call, 'uid', Date.UTC(2026, 10, 30)) ?? '';
  expect(file).toContain('DTSTART:20261203T170000Z\r\nDTEND:20261203T180000Z\r\n');
  const whole = file.replaceAll('\r\n ', '');
  expect(whole).toContain(`URL:${page}#${guest}\r\n`);
  expect(await readableLink(whole, sealer)).toBe(guest);
});
