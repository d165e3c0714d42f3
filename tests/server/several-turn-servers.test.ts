// More TURN than one machine gives: several servers with one secret. A password that was made for one is good at all of them, so that one server
// link can name them all.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { canRunOwnServer, type OwnServer, startOwnServer } from '../support/lab/own-server.ts';

let servers: readonly OwnServer[] = [];

beforeAll(async () => {
  if (!canRunOwnServer()) return;
  const first = await startOwnServer();
  servers = [first];
  const dir = mkdtempSync(join(tmpdir(), 'ffc-server-'));
  copyFileSync(join(first.dir, 'secret'), join(dir, 'secret'));
  // Ten ports each: the second may not take those of the first.
  servers = [first, await startOwnServer({ dir, port: first.port === 12_000 ? 12_500 : first.port - 10 })];
});

afterAll(() => Promise.all(servers.map((server) => server.close())));

/** What a client says that wants a relayed address of this server. */
function allocation(server: OwnServer, secret: string): string {
  const user = `${Math.floor(Date.now() / 1000) + 600}:guest`;
  const password = createHmac('sha1', secret).update(user).digest('base64');
  const args = ['-u', user, '-w', password, '-y', '-n', '1', '-m', '1', '-p', String(server.port + 3), '127.0.0.1'];
  try {
    return execFileSync('turnutils_uclient', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    return stdout + stderr;
  }
}

if (!canRunOwnServer())
  test.skip('Caddy, mosquitto or coturn is not on this machine: TURN servers share no secret', () => undefined);

test.runIf(canRunOwnServer())('servers with one secret take one password; with another secret none does', () => {
  const [first, second] = servers;
  if (!first || !second) throw new Error('no servers');
  const secret = readFileSync(join(first.dir, 'secret'), 'utf8');
  expect(readFileSync(join(second.dir, 'secret'), 'utf8')).toBe(secret);
  for (const server of servers) {
    expect(allocation(server, secret)).not.toContain('Cannot complete Allocation');
    expect(allocation(server, 'another secret')).toContain('Cannot complete Allocation');
  }
});
