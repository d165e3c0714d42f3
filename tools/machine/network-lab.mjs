// What a machine needs for the tests over real networks (tests/network), and what of it is missing. Runs with no node_modules.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { isExecutable } from './chromium.mjs';

/** Programs and the Debian packages that bring them. */
const programs = {
  ip: 'iproute2',
  sysctl: 'procps',
  nft: 'nftables',
  turnserver: 'coturn',
  yggdrasil: 'yggdrasil',
  mosquitto: 'mosquitto',
  tcpdump: 'tcpdump',
  openssl: 'openssl',
  python3: 'python3',
};

/** Programs for the administrator are not on everybody's PATH. */
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin', '/sbin'];
/** @param {string} program */
const isThere = (program) => folders.some((folder) => isExecutable(join(folder, program)));

/** True where namespaces may be made: on Linux, as root, outside of containers that forbid it. */
export const canMakeNetworks = () =>
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  // Makes one that goes with the process.
  spawnSync('unshare', ['--net', '--mount', 'test', '-c', '/dev/net/tun'], { stdio: 'ignore' }).status === 0;

/** The Debian packages whose programs are not here. */
export const missingPackages = () =>
  Object.entries(programs).flatMap(([program, debian]) => (isThere(program) ? [] : [debian]));

/** What stands in the way of the tests over real networks, in words for a person; undefined where nothing does. */
export function networkObstacle() {
  if (!canMakeNetworks()) return 'they need Linux, root, the right to make network namespaces, and /dev/net/tun';
  const missing = missingPackages();
  return missing.length > 0 ? `these Debian packages are missing: ${missing.join(' ')}` : undefined;
}
