// The mending of Firefox's descriptions, on lines as Firefox 153 writes them.
import { expect, test } from 'vitest';
import { withoutStrayFormats } from '../../src/platform/firefox-description.ts';

const lines = (...all: readonly string[]): string => [...all, ''].join('\r\n');

test('feedback for a codec that is not offered goes, that of the offered ones stays, section by section', () => {
  const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 109', 'a=rtcp-fb:109 transport-cc', 'a=rtpmap:109 opus/48000/2'];
  const video = ['m=video 0 UDP/TLS/RTP/SAVPF 120 124', 'a=fmtp:124 apt=120', 'a=rtcp-fb:120 nack pli'];
  const data = ['m=application 0 UDP/DTLS/SCTP webrtc-datachannel', 'a=sctp-port:5000'];
  const stray = ['a=rtcp-fb:99 nack', 'a=rtcp-fb:12 nack', 'a=fmtp:109 stereo=1', 'a=rtpmap:121 VP9/90000'];
  expect(withoutStrayFormats(lines('v=0', ...audio, ...video, ...stray, ...data))).toBe(
    lines('v=0', ...audio, ...video, ...data),
  );
});

test('a description without stray lines stays as it is, and feedback for every format too', () => {
  const sdp = lines('v=0', 'a=group:BUNDLE 0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=rtcp-fb:* ccm fir', 'a=mid:0');
  expect(withoutStrayFormats(sdp)).toBe(sdp);
});
