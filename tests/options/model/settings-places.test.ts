// The addresses of the settings' pages.
import { expect, test } from 'vitest';
import { placeOf, settingsPlaces } from '../../../src/options/model/settings-places.ts';

test('settings: every page has an address of its own', () => {
  for (const place of settingsPlaces) expect(placeOf(`#${place}`)).toEqual({ place });
});

test.each([
  ['', { place: 'identity' }],
  ['#', { place: 'identity' }],
  ['#nowhere', { place: 'identity' }],
  ['#relays', { place: 'network', part: 'relays' }],
  ['#words', { place: 'identity', part: 'words' }],
  ['#constructor', { place: 'identity' }],
])('settings: %j leads to a page', (hash, wanted) => {
  expect(placeOf(hash)).toEqual(wanted);
});
