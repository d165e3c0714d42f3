// Descriptions and candidates from the other side (docs/protocol.md#binding, docs/hostile-cases.md#e34, #e37, #e39).
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../src/core/base/bytes.ts';
import {
  checkCandidate,
  checkDescription,
  compactDescription,
  expandDescription,
} from '../../../src/core/signaling/sdp-filter.ts';
import { fuzzRuns } from '../../support/samples/test-identity.ts';

const one = Array.from({ length: 32 }, (_, i) => (i * 7).toString(16).padStart(2, '0').toUpperCase()).join(':');
const other = one.replace('07', '08');
const fingerprint = `a=fingerprint:sha-256 ${one}`;
const session = ['v=0', 'o=- 4611731400430051336 2 IN IP4 127.0.0.1', 's=-', 't=0 0', 'a=group:BUNDLE 0'];
const data = ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0', 'a=mid:0', 'a=sctp-port:5000'];

function sdp(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n`;
}

describe('a description', () => {
  it('of a data channel, as Chromium writes it, passes unchanged with its fingerprint', () => {
    const text = sdp(...session, ...data, 'a=ice-ufrag:x', 'a=ice-pwd:y', fingerprint, 'a=setup:actpass');
    expect(checkDescription(text)).toMatchObject({ sdp: text });
    const checked = checkDescription(text);
    expect('fingerprint' in checked && toHex(checked.fingerprint)).toBe(one.replaceAll(':', '').toLowerCase());
  });

  it('that names one fingerprint for the session, as Firefox does, or several times, as Chromium does, passes', () => {
    expect(checkDescription(sdp(...session, fingerprint, ...data))).toHaveProperty('fingerprint');
    const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', fingerprint];
    expect(checkDescription(sdp(...session, ...data, fingerprint.toLowerCase(), ...video))).toHaveProperty(
      'fingerprint',
    );
  });

  it('travels with line feeds and comes back with CRLF', () => {
    const text = sdp(...session, ...data, fingerprint);
    expect(expandDescription(compactDescription(text))).toBe(text);
    expect(checkDescription(compactDescription(text))).toMatchObject({ sdp: text });
  });

  // Seen to fail with onlyFingerprint taking the first of several values, skipping lines it cannot read, or matching loosely.
  it.each([
    ['none', [...session, ...data]],
    ['two', [...session, ...data, fingerprint, `a=fingerprint:sha-256 ${other}`]],
    ['another per media section', [...session, fingerprint, ...data, `a=fingerprint:sha-256 ${other}`]],
    ['one of SHA-1', [...session, ...data, `a=fingerprint:sha-1 ${one.slice(0, 59)}`]],
    [
      'one of SHA-1 beside the right one',
      [...session, ...data, fingerprint, `a=fingerprint:sha-1 ${one.slice(0, 59)}`],
    ],
    ['one of SHA-512', [...session, ...data, `a=fingerprint:sha-512 ${one}:${one}`]],
    ['one too short', [...session, ...data, fingerprint.slice(0, -3)]],
    ['one with something behind it', [...session, ...data, `${fingerprint} x`]],
    ['one that only some parsers see', [...session, ...data, fingerprint, `a= fingerprint:sha-256 ${other}`]],
    ['one in capitals beside the right one', [...session, ...data, fingerprint, `a=FINGERPRINT:sha-256 ${other}`]],
  ])('with a wrong set of fingerprints is refused: %s (E.34)', (_, lines) => {
    expect(checkDescription(sdp(...lines))).toEqual({ refused: 'fingerprint' });
  });

  it('with 25 media sections is refused, with 24 it passes (E.39)', () => {
    const media = (count: number) => Array.from({ length: count }, (_, i) => `m=audio 9 UDP/TLS/RTP/SAVPF ${i}`);
    expect(checkDescription(sdp(...session, fingerprint, ...media(24)))).toHaveProperty('fingerprint');
    expect(checkDescription(sdp(...session, fingerprint, ...media(25)))).toEqual({ refused: 'too-many-media' });
  });

  // docs/hostile-cases.md#e62
  it('with 65 candidates inside is refused, with 64 it passes (L3)', () => {
    const candidates = (count: number, start = 'a=candidate:') =>
      Array.from({ length: count }, (_, i) => `${start}${i + 1} 1 udp 1 192.168.7.${i % 250} ${1000 + i} typ host`);
    const held = (...lines: string[]) => checkDescription(sdp(...session, fingerprint, ...data, ...lines));
    expect('sdp' in held(...candidates(64))).toBe(true);
    expect(held(...candidates(65))).toEqual({ refused: 'too-many-candidates' });
    expect(held(...candidates(229))).toEqual({ refused: 'too-many-candidates' });
    // However they are written: some parsers are lenient.
    expect(held('a= candidate:1 1 udp 1 192.168.7.1 1000 typ host')).toEqual({ refused: 'malformed' });
    expect(held(...candidates(60), ...candidates(5, 'a=CANDIDATE:'))).toHaveProperty('refused');
  });

  it('above 16 000 characters is refused', () => {
    const long = sdp(...session, fingerprint, ...data, `a=x:${'y'.repeat(16_000)}`);
    expect(checkDescription(long)).toEqual({ refused: 'too-large' });
  });

  it.each([
    ['nothing', ''],
    ['no SDP', 'hello'],
    ['another version', sdp('v=1', ...data, fingerprint)],
    ['a line that is none', sdp(...session, 'nonsense', ...data, fingerprint)],
    ['an empty line', sdp(...session, '', ...data, fingerprint)],
    ['a line of a capital letter', sdp(...session, 'A=x', ...data, fingerprint)],
    ['NUL', sdp(...session, 'a=x\0y', ...data, fingerprint)],
    ['a lone carriage return', sdp(...session, `a=x\r${fingerprint}`, ...data, fingerprint)],
    ['no media', sdp(...session, fingerprint)],
    ['media of another kind', sdp(...session, fingerprint, 'm=image 9 udptl t38')],
    ['media of a kind that begins like a known one', sdp(...session, fingerprint, 'm=audiox 9 UDP 0')],
    [
      'a candidate with a host name to look up',
      sdp(...session, fingerprint, ...data, 'a=candidate:1 1 udp 1 evil.example 9 typ host'),
    ],
  ])('is refused when it has %s', (_, text) => {
    expect(checkDescription(text)).toEqual({ refused: 'malformed' });
  });

  it('never makes the filter throw, and passes only with exactly one fingerprint value', () => {
    const line = fc.oneof(
      fc.constantFrom(
        ...session,
        ...data,
        fingerprint,
        `a=fingerprint:sha-256 ${other}`,
        'a=fingerprint:sha-1 00',
        'm=video 9 x',
        '',
      ),
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.string({ maxLength: 20 }).map((rest) => `a=${rest}`),
    );
    const end = fc.constantFrom('\r\n', '\n', '\r');
    const text = fc.array(fc.tuple(line, end)).map((lines) => ['v=0\r\n', ...lines.flat()].join(''));
    fc.assert(
      fc.property(text, (description) => {
        const checked = checkDescription(description);
        if ('refused' in checked) return;
        expect(checked.fingerprint).toHaveLength(32);
        const values = [...checked.sdp.matchAll(/fingerprint:\S+ (\S+)/gi)].map((match) => match[1]?.toLowerCase());
        expect(new Set(values).size).toBe(1);
        expect(checkDescription(compactDescription(checked.sdp))).toEqual(checked);
      }),
      { numRuns: fuzzRuns(20_000) },
    );
  });
});

describe('a candidate', () => {
  it.each([
    'candidate:842163049 1 udp 1677729535 203.0.113.9 51234 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag sXP5 network-cost 999',
    'candidate:0 1 UDP 2122252543 192.168.1.5 51234 typ host',
    'candidate:2 1 TCP 2105524479 192.168.1.5 9 typ host tcptype active',
    'candidate:3 1 udp 2122260223 5f7f5c6e-9d3c-4a3e-8a41-0f3b6e1c1d11.local 50000 typ host',
    'candidate:4 2 udp 1 2001:db8::1 1 typ relay raddr 2001:db8::2 rport 65535',
    'candidate:5 1 udp 1 ::ffff:192.0.2.1 1 typ prflx raddr 192.168.0.1 rport 9',
    'a=candidate:0 1 udp 1 10.0.0.1 5000 typ host',
  ])('may be %s', (text) => {
    expect(checkCandidate(text)).toBe(true);
  });

  // Each seen to fail with its own part of checkCandidate taken out.
  it.each([
    ['', 'nothing: the end of candidates is told in another way'],
    ['candidate:', 'no fields'],
    ['candidate:0 1 udp 1 10.0.0.1 0 typ host', 'port 0'],
    ['candidate:0 1 udp 1 10.0.0.1 65536 typ host', 'port 65536'],
    ['candidate:0 0 udp 1 10.0.0.1 5000 typ host', 'component 0'],
    ['candidate:0 257 udp 1 10.0.0.1 5000 typ host', 'component 257'],
    ['candidate:0 1 udp 4294967296 10.0.0.1 5000 typ host', 'a priority of 33 bits'],
    ['candidate:0 1 sctp 1 10.0.0.1 5000 typ host', 'another transport'],
    ['candidate:0 1 udp 1 10.0.0.1 5000 typ other', 'another type'],
    ['candidate:0 1 udp 1 10.0.0.256 5000 typ host', 'an address that is none'],
    ['candidate:0 1 udp 1 evil.example 5000 typ host', 'a name to look up'],
    ['candidate:0 1 udp 1 a.b.local 5000 typ host', 'a name that is not mDNS'],
    ['candidate:0 1 udp 1 fe80::1%eth0 5000 typ host', 'a zone'],
    ['candidate:0 1 udp 1 10.0.0.1 5000 typ srflx raddr evil.example rport 1', 'a related name to look up'],
    ['candidate:0 1 udp 1 10.0.0.1 5000 typ srflx raddr 10.0.0.1 rport 70000', 'a related port above 65535'],
    [`candidate:${'9'.repeat(33)} 1 udp 1 10.0.0.1 5000 typ host`, 'a foundation of 33'],
    [`candidate:${'9'.repeat(1_000_000)} 1 udp 1 10.0.0.1 5000 typ host`, 'a huge foundation'],
    [`candidate:0 1 udp 1 10.0.0.1 5000 typ host x ${'y'.repeat(600)}`, 'more than 512 characters'],
    ['candidate:0 1 udp 1 10.0.0.1 5000 typ host\r\na=x y', 'a line break'],
    ['candidate:0 1 udp 1 10.0.0.1 5000 typ host generation', 'half an attribute'],
    ['candidate:0 1 udp 1 10.0.0.1 5000 typ host x \0', 'NUL'],
    ['x candidate:0 1 udp 1 10.0.0.1 5000 typ host', 'something in front'],
  ])('may not be %j: %s (E.37)', (text) => {
    expect(checkCandidate(text)).toBe(false);
  });

  it('of any text is answered with yes or no, 10 000 times (E.37)', () => {
    const field = fc.oneof(
      fc.constantFrom(
        'candidate:1',
        '1',
        'udp',
        '99',
        '::1',
        '1.2.3.4',
        'typ',
        'host',
        'raddr',
        'rport',
        '',
        ':::',
        '1:::',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(field, { maxLength: 14 }), (fields) => {
        expect(typeof checkCandidate(fields.join(' '))).toBe('boolean');
      }),
      { numRuns: 10_000 },
    );
  });
});
