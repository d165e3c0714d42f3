// What is written into the other side's description before our browser reads it.
import { describe, expect, test } from 'vitest';
import { withVoiceOptions } from '../../../src/link/connection/voice-options.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\r\n`).join('');

describe('silence is left out', () => {
  test('beside the options that are there', () => {
    const sdp = lines('m=audio 9 RTP 111', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1');
    expect(withVoiceOptions(sdp)).toBe(
      lines('m=audio 9 RTP 111', 'a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1'),
    );
  });

  test('where there are no options', () => {
    const sdp = lines('a=rtpmap:109 opus/48000/2', 'a=rtpmap:96 VP8/90000');
    expect(withVoiceOptions(sdp)).toBe(
      lines('a=rtpmap:109 opus/48000/2', 'a=fmtp:109 usedtx=1', 'a=rtpmap:96 VP8/90000'),
    );
  });

  test('and not wished twice, nor in a description without Opus', () => {
    const wished = lines('a=rtpmap:111 opus/48000/2', 'a=fmtp:111 usedtx=0');
    expect(withVoiceOptions(wished)).toBe(wished);
    const other = lines('m=video 9 RTP 96', 'a=rtpmap:96 VP8/90000');
    expect(withVoiceOptions(other)).toBe(other);
  });
});

test('the loudness of packets is not agreed on, everything else is', () => {
  const kept = ['a=extmap:3 urn:ietf:params:rtp-hdrext:sdes:mid', 'a=extmap:4 urn:3gpp:video-orientation'];
  const sdp = lines(
    'a=extmap:1 urn:ietf:params:rtp-hdrext:ssrc-audio-level',
    'a=extmap:2/recvonly urn:ietf:params:rtp-hdrext:csrc-audio-level',
    'a=extmap:5/sendonly urn:ietf:params:rtp-hdrext:ssrc-audio-level vad=on',
    ...kept,
  );
  expect(withVoiceOptions(sdp)).toBe(lines(...kept));
});
