// Links that somebody else wrote lead to pages and mailboxes alone, and say where (docs/hostile-cases.md#e99).
import { expect, test } from 'vitest';
import { farLink } from '../../src/ui/far-link.ts';

test('far links: what leads to no page and no mailbox is no link', () => {
  const none = [
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    '//a.example',
    'a',
    '',
    'mailto:',
    'blob:https://a/1',
  ];
  for (const address of none) expect(farLink(address), address).toBeUndefined();
});

test('far links: the host is said in the letters that are looked up, and only the address itself says it', () => {
  const where = (address: string) => farLink(address)?.where;
  expect(where('https://bänk.example/login')).toBe('xn--bnk-qla.example');
  expect(where('HTTP://user:pass@Bank.example:81/')).toBe('bank.example:81');
  expect(where('mailto:ana@home.example?subject=x')).toBe('ana@home.example');
  const said = (address: string, words: string) => farLink(address)?.isSaidBy(words);
  expect(said('https://bank.example/', 'https://bank.example')).toBe(true);
  expect(said('https://bank.example/', 'bank.example')).toBe(true);
  expect(said('https://bank.example/', 'bаnk.example')).toBe(false);
  expect(said('https://bank.example@evil.example/', 'https://bank.example@evil.example/')).toBe(false);
});
