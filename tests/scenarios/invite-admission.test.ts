// How often one contact may make a browser ring (E.45).
import { expect, test } from 'vitest';
import { InviteAdmission, type InviteFacts } from '../../src/background/rings/invite-admission.ts';
import { defaultSettings } from '../../src/core/data/settings.ts';
import type { SignalOf } from '../../src/core/signaling/signal.ts';
import { sampleContact } from '../support/samples/backup-samples.ts';

const invite: SignalOf<'invite'> = {
  ...{ v: 1, t: 'invite', id: 'A'.repeat(22), dev: 'A'.repeat(11), n: 1, ts: 0, exp: 60_000 },
  ...{ st: 'A'.repeat(43), ek: 'A'.repeat(43), cm: 'A'.repeat(43), media: 'video', link: '' },
};

// Seen to fail with the budget of rings taken out.
test('of ten calls at once six ring, and one more every ten seconds', async () => {
  const contact = await sampleContact(2);
  const admission = new InviteAdmission();
  const facts: InviteFacts = {
    ...{ now: 0, isFinished: false, contact, held: [], rings: [], nonce: 'A'.repeat(22) },
    settings: defaultSettings,
  };
  const ask = (now: number) => admission.admit(contact.id, invite, { ...facts, now }).is;
  const once = Array.from({ length: 10 }, () => ask(1_000));
  expect(once).toEqual([...Array<string>(6).fill('ring'), ...Array<string>(4).fill('silence')]);
  expect([ask(11_000), ask(11_000)]).toEqual(['ring', 'silence']);
});
