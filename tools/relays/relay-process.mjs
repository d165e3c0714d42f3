// Runs a relay of other people's making as a child process on a free port, and ends it for sure. Knows no dialect.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { limitMs } from '../machine/limits.mjs';

const host = '127.0.0.1';
const attempts = 5;
/** @type {Set<import('node:child_process').ChildProcess>} */
const children = new Set();

/** @typedef {{ readonly program: string, readonly args: readonly string[], readonly env?: Readonly<Record<string, string>> }} Command */

process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** @typedef {{ readonly url: string, readonly isAlive: () => boolean, readonly close: () => Promise<void> }} RelayProcess */

/**
 * Where a server listens.
 * @param {{ address(): import('node:net').AddressInfo | string | null }} server
 */
export function portOf(server) {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return address.port;
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const port = portOf(server);
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const finish = (/** @type {boolean} */ isOpen) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });
}

/**
 * Waits until the child listens.
 * @param {import('node:child_process').ChildProcess} child
 * @param {number} port
 * @returns {Promise<boolean>} false when it ended instead.
 */
async function listens(child, port) {
  const startMs = limitMs(10_000);
  const deadline = performance.now() + startMs;
  while (child.exitCode === null && child.signalCode === null) {
    if (await accepts(port)) return true;
    if (performance.now() > deadline) throw new Error(`The relay process did not listen within ${startMs} ms.`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}

/**
 * Starts a program that shall listen on the port it is given, or on another one when that was taken in between.
 * Rejects when it does not listen in time. `close` kills it and waits for its end.
 * @param {(port: number) => Command | Promise<Command>} command
 * @returns {Promise<RelayProcess>}
 */
export async function startRelayProcess(command) {
  let said = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = await freePort();
    const { program, args, env = {} } = await command(port);
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    children.add(child);
    /** @type {Promise<string>} */
    const ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', () => resolve(''));
    }).then((reason) => {
      children.delete(child);
      return reason;
    });
    said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => (said = (said + chunk).slice(-2000)));
    if (child.pid !== undefined && (await listens(child, port)))
      return {
        url: `ws://${host}:${port}/`,
        isAlive: () => child.exitCode === null && child.signalCode === null,
        async close() {
          child.kill('SIGKILL');
          await ended;
        },
      };
    said = (await ended) || said;
  }
  throw new Error(`The relay process does not start: ${said}`);
}
