// Where WebRTC in a browser sent its packets, read from the browser's own log: Chromium's of its whole network, Firefox's of each STUN
// packet, without which it sends nothing to anybody (RFC 8445 section 7). Complete once the browser has ended.
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BrowserKind } from '../drivers/driven-browser.ts';

/** Arguments that make a Chromium write it down. */
export const chromiumPacketLog = (file: string): readonly string[] => [`--log-net-log=${file}`];

/** Variables of the environment that make a Firefox write it down. */
export const firefoxPacketLog = (file: string) => ({ MOZ_LOG: 'sync,nicer:5', MOZ_LOG_FILE: file });

/** `ADDRESS:PORT` of everything that WebRTC sent a datagram to. */
export function datagramsSentTo(kind: BrowserKind, file: string): Promise<ReadonlySet<string>> {
  return kind === 'Chromium' ? sentByChromium(file) : sentByFirefox(file);
}

/** Each of its processes writes a file of its own. */
async function sentByFirefox(file: string): Promise<ReadonlySet<string>> {
  const names = (await readdir(dirname(file))).filter((name) => name.startsWith(`${basename(file)}.`));
  const logs = await Promise.all(names.map((name) => readFile(join(dirname(file), name), 'utf8')));
  const sent = logs.flatMap((log) => [...log.matchAll(/\): Sending to IP[46]:(\S+)\/(?:UDP|TCP)/g)]);
  return new Set(sent.flatMap(([, place]) => place ?? []));
}

interface LoggedEvent {
  readonly type: number;
  readonly params?: { readonly address?: string };
}

/** Others connect their sockets first; only WebRTC names an address each time. */
async function sentByChromium(file: string): Promise<ReadonlySet<string>> {
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
