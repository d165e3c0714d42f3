// Debian's mosquitto, MQTT over WebSocket, in a process of its own on 127.0.0.1. For the tests.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { tap } from './recording-server.mjs';
import { freePort, startRelayProcess } from './relay-process.mjs';

/** @import { ForeignRelay, LocalRelayOptions } from './recording-server.mjs' */
/** @import { Login } from './mqtt-relay.mjs' */

const host = '127.0.0.1';

/** Debian keeps it where only root looks. */
const findMosquitto = () => ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto'].find((file) => existsSync(file));

/** Whether it is on this machine. */
export const hasMosquitto = () => findMosquitto() !== undefined;

/**
 * With `login` only that user gets in, by a password file.
 * @param {LocalRelayOptions & { readonly login?: Login }} [options]
 * @returns {Promise<ForeignRelay>}
 */
export async function startMosquitto(options = {}) {
  const program = findMosquitto();
  if (!program) throw new Error('mosquitto is not installed (Debian: apt-get install mosquitto).');
  const dir = mkdtempSync(join(tmpdir(), 'ffc-mosquitto-'));
  const { login } = options;
  const passwords = join(dir, 'passwords');
  if (login) execFileSync('mosquitto_passwd', ['-c', '-b', passwords, login.user, login.password]);
  const relay = await startRelayProcess(async (port) => {
    const config = join(dir, 'mosquitto.conf');
    const lines = [
      // As root it would become the user mosquitto, who may not read our folder.
      'user root',
      'persistence false',
      login ? `password_file ${passwords}` : 'allow_anonymous true',
      // 2.0.11 starts only with a plain listener beside the one with WebSockets.
      `listener ${await freePort()} ${host}`,
      `listener ${port} ${host}`,
      'protocol websockets',
    ];
    writeFileSync(config, `${lines.join('\n')}\n`);
    return { program, args: ['-c', config] };
  }).catch((error) => {
    rmSync(dir, { recursive: true, force: true });
    throw error;
  });
  const close = async () => {
    await relay.close();
    rmSync(dir, { recursive: true, force: true });
  };
  return tap({ ...relay, close }, options, ([first = 0]) => first >> 4 === 3);
}
