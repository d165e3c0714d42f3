// Brings what is missing onto a bare machine: the right Node, the npm packages, and Chromium and Firefox for tests and
// demo.
// Runs with no node_modules; it knows nothing of the product.
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, isExecutable } from './chromium.mjs';
import { findFirefox } from './firefox.mjs';
import { canMakeNetworks, missingPackages } from './network-lab.mjs';

/** The folder of package.json. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

const oldestNode = { major: 20, minor: 19 };
const emojiFont = '/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf';
const stampFile = join(root, 'node_modules', '.ffc-lock-hash');

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/**
 * True when a program of that name is on the PATH.
 * @param {string} name
 */
const isOnPath = (name) => (process.env['PATH'] ?? '').split(delimiter).some((dir) => isExecutable(join(dir, name)));

/**
 * Runs a program with its output shown, and fails with `sentence` when it does.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {string} sentence
 */
function run(program, args, sentence) {
  console.log(`  $ ${[program, ...args].join(' ')}`);
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error(sentence);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return;
  throw new Error(
    `Node ${process.versions.node} is too old: install Node ${oldestNode.major}.${oldestNode.minor} or newer.`,
  );
}

/** True when npm's own record of node_modules names the packages of package-lock.json (somebody ran npm by hand). */
function isInstalledByHand() {
  if (!existsSync(join(root, 'node_modules', '.package-lock.json'))) return false;
  const present = readJson('node_modules/.package-lock.json').packages;
  return Object.entries(readJson('package-lock.json').packages).every(
    ([path, { version, optional }]) => path === '' || (present[path] ? present[path].version === version : optional),
  );
}

function ensurePackages() {
  const hash = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash) return;
  if (!isInstalledByHand()) {
    console.log('Installing the npm packages of package-lock.json');
    run('npm', ['ci', '--no-audit', '--no-fund'], 'npm ci failed: check the network, then run the command again.');
  }
  writeFileSync(stampFile, hash);
}

/**
 * How to run a program as root without being asked for a password; undefined where there is no way.
 * @returns {((program: string, ...args: readonly string[]) => readonly [program: string, args: readonly string[]]) | undefined}
 */
function asRoot() {
  if (process.getuid?.() === 0) return (program, ...args) => [program, args];
  return isOnPath('sudo') && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0
    ? (program, ...args) => ['sudo', ['-n', program, ...args]]
    : undefined;
}

/** True when a font has emoji in colour: without one the four emoji to compare are boxes. Asked on Linux only. */
function hasEmojiFont() {
  if (process.platform !== 'linux' || existsSync(emojiFont)) return true;
  const { stdout } = spawnSync('fc-list', [':lang=und-zsye', 'family'], { encoding: 'utf8' });
  return Boolean(stdout?.trim());
}

/**
 * What the machine must have beside Node, and the Debian packages that bring it. `without`: what happens where it cannot be had.
 * @typedef {{
 *   readonly name: string,
 *   readonly isThere: () => boolean,
 *   readonly packages: readonly string[],
 *   readonly without?: string,
 * }} Need
 */
const needs = /** @satisfies {Record<string, Need>} */ ({
  chromium: {
    name: 'Chromium',
    isThere: () => Boolean(findChromium()),
    packages: ['chromium', 'libnotify4'],
  },
  firefox: {
    name: 'Firefox',
    isThere: () => Boolean(findFirefox()),
    packages: ['firefox-esr', 'libnotify4'],
  },
  dbus: { name: 'dbus-daemon', isThere: () => isOnPath('dbus-daemon'), packages: ['dbus'] },
  screen: {
    name: 'a virtual screen',
    isThere: () => isOnPath('Xvfb') && isOnPath('xdotool'),
    packages: ['xvfb', 'xdotool'],
  },
  mosquitto: {
    name: 'mosquitto',
    isThere: () => ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].some(isExecutable),
    packages: ['mosquitto'],
    without: 'the tests against mosquitto are skipped',
  },
  turn: {
    name: 'coturn',
    isThere: () => isExecutable('/usr/bin/turnserver') && isOnPath('openssl'),
    packages: ['coturn', 'openssl'],
    without: 'the tests with a TURN server are skipped',
  },
  caddy: {
    name: 'Caddy',
    isThere: () => isExecutable('/usr/bin/caddy') && isOnPath('curl'),
    packages: ['caddy', 'curl', 'qrencode'],
    without: 'the tests of the own server are skipped',
  },
  shellcheck: {
    name: 'shellcheck',
    isThere: () => isOnPath('shellcheck'),
    packages: ['shellcheck'],
    without: 'the server command is not linted',
  },
  networks: {
    name: 'parts of the network lab',
    // Where no networks can be made, they would be of no use.
    isThere: () => !canMakeNetworks() || missingPackages().length === 0,
    get packages() {
      return missingPackages();
    },
    without: 'the tests over real networks are not run',
  },
  media: {
    name: 'ffmpeg',
    isThere: () => isOnPath('ffmpeg') && isOnPath('ffprobe'),
    packages: ['ffmpeg'],
    without: 'the tests of recorded files are skipped',
  },
  emoji: {
    name: 'a font with emoji',
    isThere: hasEmojiFont,
    packages: ['fonts-noto-color-emoji'],
    without: 'emoji may show as boxes',
  },
});

/**
 * Debian starts a server when it installs it. The tests start their own, where nobody else can reach them.
 * @param {readonly string[]} packages
 */
function stopServices(packages) {
  const services = packages.filter((name) => ['caddy', 'coturn', 'mosquitto', 'yggdrasil'].includes(name));
  if (services.length === 0 || !existsSync('/run/systemd/system')) return;
  const command = asRoot()?.('systemctl', 'disable', '--now', ...services);
  if (command) run(...command, `systemctl could not stop ${services.join(' and ')}.`);
}

/** @param {readonly Need[]} missing */
const namesOf = (missing) => missing.map(({ name }) => name).join(' and ');

/** @param {readonly Need[]} missing */
function installDebianPackages(missing) {
  const packages = [...new Set(missing.flatMap((need) => need.packages))];
  const withRights = isExecutable('/usr/bin/apt-get') ? asRoot() : undefined;
  if (!withRights)
    throw new Error(`Missing on this machine: ${namesOf(missing)}. Install it (Debian: ${packages.join(' ')}).`);
  const size = missing.some((need) => need === needs.chromium || need === needs.firefox)
    ? ' (about 100 MB a browser)'
    : '';
  console.log(`Missing: ${namesOf(missing)}. Installing ${packages.join(', ')}${size}`);
  const aptGet = (/** @type {readonly string[]} */ ...args) =>
    withRights('env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-o', 'DPkg::Lock::Timeout=500', ...args);
  const sentence = 'apt-get failed: check the network and the package sources, then run the command again.';
  run(...aptGet('update'), sentence);
  run(...aptGet('install', '-y', ...packages), sentence);
  stopServices(packages);
}

/**
 * Installs what is missing. `browsers`: which of 'chromium' and 'firefox' (true: Chromium), and a font with emoji; `desktop`: also what stands in for a
 * desktop in tests (D-Bus for real notifications, a virtual screen for native menus); `brokers`: mosquitto, which tests talk to;
 * `turn`: coturn, likewise; `webServer`: Caddy, for an own server; `shellLint`: what looks through its command; `networks`: what tests make
 * networks of.
 * Throws an Error whose message is one sentence for a person; only what has a `without` may be missing in the end, with a sentence on
 * the console.
 * @param {{
 *   readonly browsers?: boolean | readonly string[],
 *   readonly desktop?: boolean,
 *   readonly brokers?: boolean,
 *   readonly turn?: boolean,
 *   readonly webServer?: boolean,
 *   readonly shellLint?: boolean,
 *   readonly networks?: boolean,
 *   readonly media?: boolean,
 * }} [options]
 */
export function ensureInstalled({
  browsers = false,
  desktop = false,
  brokers = false,
  turn = false,
  webServer = false,
  shellLint = false,
  networks = false,
  media = false,
} = {}) {
  checkNode();
  ensurePackages();
  const browserNames = browsers === true ? ['chromium'] : browsers || [];
  /** @type {readonly (Need | false)[]} */
  const asked = [
    browserNames.includes('chromium') && needs.chromium,
    browserNames.includes('firefox') && needs.firefox,
    desktop && needs.dbus,
    desktop && needs.screen,
    brokers && needs.mosquitto,
    turn && needs.turn,
    webServer && needs.caddy,
    shellLint && needs.shellcheck,
    networks && needs.networks,
    media && needs.media,
    browserNames.length > 0 && needs.emoji,
  ];
  const missing = () => asked.flatMap((need) => (need && !need.isThere() ? [need] : []));
  if (missing().length === 0) return;
  try {
    installDebianPackages(missing());
  } catch (error) {
    if (missing().some((need) => !need.without)) throw error;
    const consequences = missing().map((need) => need.without);
    const why = error instanceof Error ? error.message : String(error);
    console.log(`${why} It goes on without: ${consequences.join('; ')}.`);
    return;
  }
  const still = missing().filter((need) => !need.without);
  if (still.length > 0) throw new Error(`Still missing after the installation: ${namesOf(still)}.`);
}

/**
 * What Chromium calls itself, e.g. "Chromium 156.0.8078.79".
 * @param {string} chromium
 */
export function chromiumVersion(chromium) {
  const said = execFileSync(chromium, ['--version', '--no-sandbox'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return /\S+ [\d.]+/.exec(said)?.[0] ?? said.trim();
}

/**
 * Runs the main function of a script; a failure is one sentence and exit code 1.
 * @param {() => unknown} main
 */
export async function runMain(main) {
  try {
    await main();
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    if (process.env['FFC_DEBUG']) console.error(error);
    process.exitCode = 1;
  }
}
