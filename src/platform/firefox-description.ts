// What has to be mended in descriptions that Firefox writes (seen in 153): after setCodecPreferences it still names feedback for the
// codecs that were left out, and Chrome refuses to read such a description.

/**
 * The description without `rtcp-fb`, `fmtp` and `rtpmap` lines (RFC 4585 section 4.2, RFC 8866 section 6) for formats that the media
 * section above them does not offer. One without such lines stays as it is.
 */
export function withoutStrayFormats(sdp: string): string {
  let offered: ReadonlySet<string> = new Set();
  return sdp
    .split('\r\n')
    .filter((line) => {
      if (line.startsWith('m=')) offered = new Set(line.split(' ').slice(3));
      const format = /^a=(?:rtcp-fb|fmtp|rtpmap):(\d+) /.exec(line)?.[1];
      return format === undefined || offered.has(format);
    })
    .join('\r\n');
}
