// The letters that stand for a person without a picture.
import { expect, test } from 'vitest';
import { initials } from '../../src/ui/initials.ts';

test.each([
  ['Zoë Müller', 'ZM'],
  ['Ana', 'A'],
  ['Ana (second window)', 'A'],
  ['(Ana)', '('],
  ['Maria de la Cruz', 'MC'],
  ['👩‍🚀 Ana 🚀✨', 'A'],
  ['🚀✨', '🚀'],
  ['👩‍👩‍👧 🏳️‍🌈', '👩‍👩‍👧'],
  ['🇧🇪', '🇧🇪'],
  ['李 雷', '李雷'],
  ['   ', '?'],
])('initials: %s is %s', (name, letters) => {
  expect(initials(name)).toBe(letters);
});
