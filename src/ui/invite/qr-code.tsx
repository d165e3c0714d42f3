// A QR code as one SVG path: always black on white with its quiet zone, whatever the theme, so that every camera reads it.
import { useMemo } from 'preact/hooks';
import { encodeQR } from 'qr';

export interface QrCodeProps {
  readonly content: string;
  readonly label: string;
}

/** Path data: one unit square per dark module, runs joined. */
function pathOf(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  for (const [y, row] of rows.entries()) {
    for (let x = 0; x < row.length; x++) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x++;
      path += `M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`;
    }
  }
  return path;
}

export function QrCode({ content, label }: QrCodeProps) {
  const rows = useMemo(() => encodeQR(content, 'raw', { ecc: 'low', border: 4 }), [content]);
  return (
    <svg
      class="qr-code"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      shape-rendering="crispEdges"
    >
      <path fill="#ffffff" d={`M0 0h${rows.length}v${rows.length}h-${rows.length}z`} />
      <path fill="#000000" d={pathOf(rows)} />
    </svg>
  );
}
