// Calls in which the other side learns no address of ours: when, and what may be told.
import { describe, expect, it } from 'vitest';
import {
  addressHiding,
  hiddenCandidate,
  hiddenDescription,
  mayTryHidden,
  tryableDescription,
} from '../../../src/core/network/hidden-address.ts';

const turn = { urls: 'turn:turn.example', username: 'u', credential: 'p' };
const stun = { urls: 'stun:stun.example' };

describe('hiding the address', () => {
  it.each([
    [false, undefined, [turn], 'off'],
    [false, false, [turn], 'off'],
    [false, undefined, [], 'off'],
    [true, undefined, [turn], 'on'],
    [true, false, [turn], 'on'],
    [false, true, [stun, turn], 'on'],
    [false, true, [stun], 'impossible'],
    [true, undefined, [], 'impossible'],
    [true, true, [{ urls: 'turn:turn.example' }], 'impossible'],
  ] as const)('in all calls %s, from this contact %s, with servers %o: %s', (inAll, fromThis, iceServers, hiding) => {
    const contact = fromThis === undefined ? {} : { hideAddress: fromThis };
    expect(addressHiding({ hideAddress: inAll, iceServers }, contact)).toBe(hiding);
  });
});

const host = 'candidate:1 1 udp 2113937151 192.0.2.7 50000 typ host generation 0';
const mdns = 'candidate:2 1 udp 2113937151 0c5e2b1a-1111-2222-3333-444455556666.local 50000 typ host';
const srflx = 'candidate:3 1 udp 1677729535 203.0.113.7 50000 typ srflx raddr 192.0.2.7 rport 50000';
const relayed = 'candidate:4 1 udp 33562623 198.51.100.1 50001 typ relay raddr 203.0.113.7 rport 50000 generation 0';
const relayedHidden = 'candidate:4 1 udp 33562623 198.51.100.1 50001 typ relay raddr 0.0.0.0 rport 0 generation 0';

describe('a candidate of ours', () => {
  it.each([host, mdns, srflx, ''])('that is none of a relay is not told: %s', (candidate) => {
    expect(hiddenCandidate(candidate)).toBeUndefined();
  });

  it('of a relay is told without the address behind it', () => {
    expect(hiddenCandidate(relayed)).toBe(relayedHidden);
    expect(hiddenCandidate('candidate:4 1 udp 1 2001:db8::1 9 typ relay raddr 2001:db8::7 rport 9')).toBe(
      'candidate:4 1 udp 1 2001:db8::1 9 typ relay raddr 0.0.0.0 rport 0',
    );
  });
});

describe('a description', () => {
  const lines = [
    'v=0',
    'o=- 1 2 IN IP4 192.0.2.7',
    's=-',
    't=0 0',
    'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
    'c=IN IP6 2001:db8::7',
    'a=rtcp:50001 IN IP4 203.0.113.7',
    `a=${host}`,
    `a=${srflx}`,
    `a=${mdns}`,
    `a=${relayed}`,
    'a=mid:0',
  ];

  it.each(['\r\n', '\n'])('of ours keeps relay candidates only, with lines that end in %j', (end) => {
    const sdp = lines.map((line) => line + end).join('');
    expect(hiddenDescription(sdp)).toBe(
      [
        'v=0',
        'o=- 1 2 IN IP4 0.0.0.0',
        's=-',
        't=0 0',
        'm=audio 50000 UDP/TLS/RTP/SAVPF 111',
        'c=IN IP4 0.0.0.0',
        'a=rtcp:50001 IN IP4 0.0.0.0',
        `a=${relayedHidden}`,
        'a=mid:0',
        '',
      ].join(end),
    );
  });

  it('of theirs loses the names that would be asked for in our own network, and nothing else', () => {
    const sdp = `${lines.join('\r\n')}\r\n`;
    expect(tryableDescription(sdp)).toBe(sdp.replace(`a=${mdns}\r\n`, ''));
    expect([host, srflx, relayed].every(mayTryHidden)).toBe(true);
    expect(mayTryHidden(mdns)).toBe(false);
  });
});
