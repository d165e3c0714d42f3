// Which candidates wait for the second round, and what becomes of them.
import { expect, test } from 'vitest';
import { OverlayCandidates } from '../../../src/link/proven/overlay-candidates.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';

const candidateAt = (address: string) => ({
  c: `candidate:1 1 udp 2122260223 ${address} 50000 typ host`,
  m: '0',
  i: 0,
});
const direct = ['192.0.2.1', '2001:2::7', 'fe80::1', 'fd00::1', '9b2c.local', '198.51.100.1', '600::1', '1ff::1'];
const overlay = ['200:1234::1', '3ff:ffff::1', '400::1', '5ff:1::2'];

function round(isNeeded: boolean) {
  const clock = new ManualClock(0);
  const sent: string[] = [];
  const second = new OverlayCandidates(
    clock,
    (fragment, { c }) => void sent.push(`${fragment} ${c.split(' ')[4]}`),
    () => isNeeded,
  );
  return { clock, sent, second };
}

test.each(direct)('%s goes out at once', (address) => {
  const { sent, second } = round(true);
  second.take('a', candidateAt(address));
  expect(sent).toEqual([`a ${address}`]);
});

test.each(overlay)('%s waits a second and a half', async (address) => {
  const { clock, sent, second } = round(true);
  second.take('a', candidateAt(address));
  await clock.advance(1_400);
  expect(sent).toEqual([]);
  await clock.advance(200);
  expect(sent).toEqual([`a ${address}`]);
});

test('where a way was found meanwhile, overlay addresses never leave', async () => {
  const { clock, sent, second } = round(false);
  for (const address of overlay) second.take('a', candidateAt(address));
  await clock.advance(60_000);
  expect(sent).toEqual([]);
});

test('a later restart has a second round of its own', async () => {
  const { clock, sent, second } = round(true);
  second.take('a', candidateAt('200::1'));
  await clock.advance(2_000);
  second.take('b', candidateAt('200::1'));
  await clock.advance(2_000);
  expect(sent).toEqual(['a 200::1', 'b 200::1']);
});

test('nothing goes out after the end', async () => {
  const { clock, sent, second } = round(true);
  second.take('a', candidateAt('200::1'));
  second.stop();
  await clock.advance(5_000);
  expect(sent).toEqual([]);
  expect(clock.waiting).toBe(0);
});
