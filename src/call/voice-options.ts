// Options of Opus that only a session description can set (RFC 7587 section 6.1). The one place that writes into descriptions for the
// sake of quality: where an API exists, that is used.

/**
 * The other side's description with the wish that silence be left out (`usedtx`), which makes our own encoder do so: some five packets
 * a second in place of fifty while nobody speaks or the microphone is muted. It is written into what we read, never into what we
 * send: nothing has to be agreed on.
 */
export function withSilenceLeftOut(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  const line = new RegExp(`^a=fmtp:${opus} ([^\r\n]*)`, 'm');
  const options = line.exec(sdp)?.[1];
  if (options === undefined)
    return sdp.replace(new RegExp(`^a=rtpmap:${opus} [^\r\n]*`, 'm'), (found) => `${found}\r\na=fmtp:${opus} usedtx=1`);
  return /(?:^|;)\s*usedtx=/.test(options) ? sdp : sdp.replace(line, (found) => `${found};usedtx=1`);
}
