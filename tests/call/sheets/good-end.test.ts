// After which calls the page goes away by itself.
import { expect, test } from 'vitest';
import { closesItself } from '../../../src/call/sheets/good-end.ts';
import type { EndReason } from '../../../src/core/call/end-reason.ts';

const talked = { isWanted: true, hasUnsaved: false };

test.each<[EndReason, number, boolean]>([
  ['hung-up', 60_000, true],
  ['remote-hung-up', 60_000, true],
  ['hung-up', 0, false],
  ['remote-hung-up', 0, false],
  ['connection-lost', 60_000, false],
  ['connection-failed', 60_000, false],
  ['words-different', 60_000, false],
  ['security-check-failed', 60_000, false],
  ['no-answer', 0, false],
  ['declined', 0, false],
  ['unreachable', 0, false],
])('after a call: %s, %i ms of talk, the page closes itself: %s', (reason, durationMs, closes) => {
  expect(closesItself({ reason, durationMs }, talked)).toBe(closes);
});

test.each([
  ['nobody wants it', { isWanted: false, hasUnsaved: false }],
  ['something would be lost', { isWanted: true, hasUnsaved: true }],
])('after a good call the page stays where %s', (_why, closing) => {
  expect(closesItself({ reason: 'hung-up', durationMs: 60_000 }, closing)).toBe(false);
});
