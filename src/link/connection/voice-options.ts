// How voices are sent, as far as only a session description can say it. The one place that writes into descriptions for the sake of
// quality and silence: where an API exists, that is used. It is written into what we read, never into what we send: nothing has to be
// agreed on.

/** The other side's description as our browser is to read it: silence is left out, and no packet says in the clear how loud it is. */
export function withVoiceOptions(sdp: string): string {
  return withSilenceLeftOut(withoutLoudness(sdp));
}

/**
 * RFC 6464 puts the loudness of a packet beside the encrypted sound, for servers that mix; whoever sees the packets could tell words by
 * it (section 6 there). Nothing of ours needs it, and Firefox has no other way to leave it out.
 */
function withoutLoudness(sdp: string): string {
  return sdp.replace(/^a=extmap:[^\r\n]*-audio-level\b[^\r\n]*\r?\n/gim, '');
}

/**
 * The wish that silence be left out (`usedtx`, RFC 7587 section 6.1), which makes our own encoder do so: some five packets
 * a second in place of fifty while nobody speaks or the microphone is muted.
 */
function withSilenceLeftOut(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000/im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  const line = new RegExp(`^a=fmtp:${opus} ([^\r\n]*)`, 'm');
  const options = line.exec(sdp)?.[1];
  if (options === undefined)
    return sdp.replace(new RegExp(`^a=rtpmap:${opus} [^\r\n]*`, 'm'), (found) => `${found}\r\na=fmtp:${opus} usedtx=1`);
  return /(?:^|;)\s*usedtx=/.test(options) ? sdp : sdp.replace(line, (found) => `${found};usedtx=1`);
}
