// Contact links in texts and pages, and the relay addresses that may stand in one (docs/protocol.md#contact-link).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findContactLink } from '../../../src/core/identity/contact-link.ts';
import { isAcceptableRelayUrl } from '../../../src/core/network/relay-address.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

describe('finding a contact link', () => {
  const link = 'ffc:1:AAbb-_19';

  it.each([
    ['alone', link],
    ['in a sentence', `Call me: ${link}, please`],
    ['in brackets', `(<${link}>)`],
    ['between line breaks', `Hello\n${link}\nBye`],
    ['behind web+', `web+${link}`],
    ['behind ext+', `ext+${link}`],
    ['with slashes', 'web+ffc://1:AAbb-_19'],
    ['percent-encoded', 'ffc%3A1%3aAAbb-_19'],
    ['percent-encoded with everything', 'web%2Bffc%3A%2F%2F1%3AAAbb-_19'],
    ['in the fragment of a page', `https://example.org/call#${link}`],
    ['in the fragment of a page, encoded', 'https://example.org/#ext%2Bffc%3A1%3AAAbb-_19'],
    ['in the query of a page', 'https://example.org/?link=ffc%3A1%3AAAbb-_19&x=1'],
    ['with a scheme in capitals', 'FFC:1:AAbb-_19'],
    ['before another', `${link} ffc:1:ZZZZ`],
  ])('works %s', (_, text) => {
    expect(findContactLink(text)).toBe(link);
  });

  it('keeps the number of a later version, so that parsing can say so', () => {
    expect(findContactLink('see ffc:2:AAAA')).toBe('ffc:2:AAAA');
  });

  it.each(['', 'ffc', 'ffc:1:', 'ffc:0:AAAA', 'ffc::AAAA', 'xffc:1:AAAA', 'https://ffc.example/1:AAAA'])(
    'finds none in %j',
    (text) => {
      expect(findContactLink(text)).toBeUndefined();
    },
  );
});

describe('a relay address in a link', () => {
  it.each([
    'wss://relay.example.org',
    'wss://relay.example.org/',
    'wss://relay.example.org:8443/path/to?x=1&y=@2',
    'mqtt+wss://broker.example.net/mqtt',
    'nostr+wss://relay.example',
    'wss://RELAY.Example',
    'wss://192.0.2.7',
    'wss://[2001:db8::1]:443/',
    'ws://localhost:7777',
    'ws://127.0.0.1',
    'ws://127.255.0.9:1',
    'ws://[::1]:7777/',
    'wss://xn--bcher-kva.example',
  ])('may be %s', (url) => {
    expect(isAcceptableRelayUrl(url)).toBe(true);
  });

  // Seen to fail for 127.1 with the check of numeric hosts in isHost taken out.
  it.each([
    '',
    'relay.example',
    'https://relay.example',
    'ws://relay.example',
    'ws://localhost.example',
    'ws://127.0.0.1.example',
    'ws://127.1',
    'ws://[::2]',
    'ws://0.0.0.0',
    'wss://127.1',
    'wss://0x7f.1',
    'wss://2130706433',
    'wss://256.1.1.1',
    'wss://010.0.0.1',
    'wss://user:password@relay.example',
    'wss://user@relay.example',
    'wss://relay.example#fragment',
    'wss://relay.example/#x',
    'wss://relay example',
    'wss://relay.example/ x',
    'wss://relay.example\\@other.example',
    'wss://relay.example\n',
    'wss://réseau.example',
    'wss://-a.example',
    'wss://a..example',
    'wss://.example',
    'wss://relay.example:0',
    'wss://relay.example:65536',
    'wss://relay.example:',
    'wss://[::1',
    'wss://[1:2:3]',
    'wss://[::1%25eth0]',
    'wss:///path',
    'mqtt+ftp://relay.example',
    'mqtt+ws://relay.example',
    'other+wss://relay.example',
    'javascript:alert(1)',
    `wss://${'a'.repeat(64)}.example`,
    `wss://relay.example/${'x'.repeat(128)}`,
  ])('may not be %j', (url) => {
    expect(isAcceptableRelayUrl(url)).toBe(false);
  });

  it('means the same to the URL class of browsers: scheme, host and port are what was checked', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9.:@/#?\\[\]%-]{0,24}$/);
    fc.assert(
      fc.property(fc.constantFrom('ws', 'wss'), part, (scheme, rest) => {
        const text = `${scheme}://${rest}`;
        if (!isAcceptableRelayUrl(text)) return;
        const url = new URL(text);
        expect([url.protocol, url.username, url.password, url.hash]).toEqual([`${scheme}:`, '', '', '']);
        expect(rest.toLowerCase().startsWith(url.hostname) || url.hostname.startsWith('[')).toBe(true);
      }),
      { numRuns: fuzzRuns(20_000) },
    );
  });
});
