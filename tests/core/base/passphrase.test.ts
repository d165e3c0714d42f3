// L9: a passphrase that anybody would try first locks no backup.
import { expect, it } from 'vitest';
import { passphraseFault } from '../../../src/core/base/passphrase.ts';

it.each(['', 'short', 'too short', '123456789', 'äääääääää'.normalize('NFD'), '🦊🦊🦊🦊🦊🦊🦊🦊🦊'])(
  '%j is too short',
  (typed) => {
    expect(passphraseFault(typed)).toBe('too-short');
  },
);

// Seen to pass with the rule of ten characters alone.
it.each([
  'aaaaaaaaaa',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
  '          ',
  '🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊',
  'abababababab',
  'abcabcabcabcabc',
  'abcdeabcdeabcde',
  'passwordpassword',
  'password12',
  'Password123!',
  'P@ssw0rd2024',
  'p a s s w o r d 1',
  'pass-word-pass-word',
  '1234567890',
  '0987654321',
  '12345678901234567890',
  'abcdefghij',
  'zyxwvutsrqponm',
  'qwertyuiop',
  'qwertzuiop1',
  'asdfghjkl1234',
  '1q2w3e4r5t6z'.slice(0, 10),
  'iloveyou2024!',
  'letmein12345',
  'welcome2026!!',
  'freeflowconnect',
  'FreeFlow Connect 1',
  'correct horse battery staple',
  'correcthorsebatterystaple',
  'november2026',
  '2024202520262027',
  'yrmyrgmygrmg',
])('%j is guessable', (typed) => {
  expect(passphraseFault(typed)).toBe('guessable');
});

it.each([
  'vier Wörter ohne Reim',
  'four unrelated words',
  'hunter sings purple oatmeal',
  'tE9!vq2#Lm',
  'x7kq-29fn-4tzb',
  'мост лампа вечер рыба',
  '四つの無関係な言葉です',
  'kitchen radio winter apple',
  'Mein Hund heisst 1987 Otto',
])('%j is taken', (typed) => {
  expect(passphraseFault(typed)).toBeUndefined();
});
