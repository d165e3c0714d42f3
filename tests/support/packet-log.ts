// Where WebRTC in a Chromium sent its packets, read from the browser's own log of its network. Complete once the browser has ended.
import { readFile } from 'node:fs/promises';

/** The argument that makes a Chromium write this log. */
export const logPackets = (file: string): string => `--log-net-log=${file}`;

interface LoggedEvent {
  readonly type: number;
  readonly params?: { readonly address?: string };
}

/** `ADDRESS:PORT` of everything that WebRTC sent a datagram to. Others connect their sockets first; only WebRTC names an address each time. */
export async function datagramsSentTo(file: string): Promise<ReadonlySet<string>> {
  // One event a line, after a first line with the names of the event types; the end may be missing.
  const [head = '', ...lines] = (await readFile(file, 'utf8')).split('\n');
  const { constants } = JSON.parse(`${head.replace(/,$/, '')}}`) as {
    constants: { logEventTypes: Record<string, number> };
  };
  const sent = constants.logEventTypes['UDP_BYTES_SENT'];
  const destinations = lines
    .filter((line) => line.includes(`"type":${sent}`))
    .map((line) => JSON.parse(line.replace(/\]?,?\s*$/, '')) as LoggedEvent)
    .map(({ params }) => params?.address);
  return new Set(destinations.filter((address) => address !== undefined));
}
