// What a browser lacks, one lack at a time.
import { expect, test } from 'vitest';
import { type BrowserFacts, lackOf } from '../../src/guest/abilities.ts';

const able: BrowserFacts = {
  isTop: true,
  isSecure: true,
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0',
  hasDevices: true,
  hasSockets: true,
  hasConnections: true,
  showsCertificates: true,
  hasCurves: true,
};
const facebook =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 [FBAN/FBIOS;FBAV/480.0]';

test('a browser that has all of it lacks nothing', () => {
  expect(lackOf(able)).toBeUndefined();
  expect(lackOf({ ...able, hasDevices: false })).toBeUndefined();
});

// Each seen to fail with its line taken out of lackOf.
test.each([
  ['framed', { isTop: false, isSecure: false }],
  ['not-secure', { isSecure: false, hasDevices: false, hasCurves: false }],
  ['in-app', { hasDevices: false, userAgent: facebook }],
  ['no-calls', { hasConnections: false, showsCertificates: false }],
  ['too-old', { hasCurves: false }],
  ['too-old', { showsCertificates: false }],
  ['too-old', { hasSockets: false }],
] as const)('%s', (lack, change) => {
  expect(lackOf({ ...able, ...change })).toBe(lack);
});
