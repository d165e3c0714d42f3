// What makes the own server private stands in its configuration: each line is taken out here, once, and then what it prevents is seen to
// happen (docs/self-hosting.md#what-the-server-knows). With the programs that run on a real one.
import { execFileSync, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { serve } from '../../tools/relays/recording-server.mjs';
import { ownAddress } from '../support/journeys/own-address.ts';
import { canRunOwnServer, type OwnServer, startOwnServer } from '../support/lab/own-server.ts';
import { afterThisTest, kept } from '../support/runner/cleanups.ts';
import { until } from '../support/runner/condition.ts';

if (!canRunOwnServer())
  test.skip('Caddy, mosquitto or coturn is not on this machine: the own server is not tested', () => undefined);

/** Whether something takes a connection there. */
const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port });
    const finish = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => finish(true));
    socket.once('error', () => finish(false));
  });

/** The lines that name somebody. */
const linesWith = (name: string, text: string): readonly string[] =>
  text.split('\n').filter((line) => line.includes(name));

/** Everything that is in a folder, as text, with names. */
function everythingIn(dir: string): string {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .map((name) => join(dir, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');
}

describe.runIf(canRunOwnServer())('the own server', () => {
  let server: OwnServer;
  /** How every program was called that ran while it started and looked at itself. */
  const processes = new Set<string>();

  function lookAtProcesses(): void {
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
      try {
        processes.add(readFileSync(`/proc/${pid}/cmdline`, 'latin1'));
      } catch {
        // It has ended meanwhile.
      }
  }

  // The folder of a server that has run once, whose programs the tests start one at a time.
  beforeAll(async () => {
    const looking = setInterval(lookAtProcesses, 20);
    server = await startOwnServer();
    clearInterval(looking);
    await server.stop();
  });
  afterAll(() => server?.close());

  /** A file of its configuration, with some lines left out, under another name. @returns its path. */
  function without(name: string, ...lines: readonly RegExp[]): string {
    const path = join(server.dir, name);
    const all = readFileSync(path, 'utf8').split('\n');
    for (const line of lines)
      expect(
        all.some((one) => line.test(one)),
        `${line} in ${name}`,
      ).toBe(true);
    const changed = join(server.dir, `changed-${name}`);
    writeFileSync(changed, all.filter((one) => !lines.some((line) => line.test(one))).join('\n'));
    return changed;
  }

  /** Runs a program of the server until the test is over. @returns what it has said so far: on a real server this is the journal. */
  function running(program: string, ...args: readonly string[]): () => string {
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, HOME: server.dir, XDG_DATA_HOME: server.dir, XDG_CONFIG_HOME: server.dir },
    });
    const ended = once(child, 'close');
    afterThisTest(async () => {
      child.kill('SIGKILL');
      await ended;
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    return () => said;
  }

  async function caddy(config: string): Promise<() => string> {
    const said = running('/usr/bin/caddy', 'run', '--config', config, '--adapter', 'caddyfile');
    await until(() => isOpen('127.0.0.1', server.port), { what: 'Caddy to listen' });
    return said;
  }

  test('finds nothing wrong with itself', () => {
    expect(server.output()).not.toContain('✗');
    expect(server.output().match(/✓/g)).toHaveLength(10);
    expect(server.output()).toContain('No guest page');
  });

  test('has a broker that only this machine can speak to', async () => {
    const broker = (config: string) => {
      running('/usr/sbin/mosquitto', '-c', config);
      return until(() => isOpen('127.0.0.1', server.port + 1), { what: 'the broker to listen' });
    };
    await broker(join(server.dir, 'mosquitto.conf'));
    expect(await isOpen(ownAddress(), server.port + 1)).toBe(false);
    expect(await isOpen(ownAddress(), server.port + 2)).toBe(false);
  });

  test('takes from its visitors what names them before the broker sees them', async () => {
    const seen = async (config: string) => {
      const broker = kept(
        await serve(
          { port: server.port + 1 },
          (_request, response) => response.end(),
          () => undefined,
        ),
      );
      await caddy(config);
      const socket = new WebSocket(`ws://127.0.0.1:${server.port}/mqtt`, 'mqtt', {
        localAddress: '127.0.0.77',
        headers: {
          'user-agent': 'Telling/1.0',
          origin: 'chrome-extension://telling',
          cookie: 'telling=1',
          'accept-language': 'telling',
          'x-forwarded-for': '198.51.100.77',
          'x-real-ip': '198.51.100.77',
          forwarded: 'for=198.51.100.77',
        },
      });
      socket.on('error', () => undefined);
      await until(() => broker.handshakes.length > 0, { what: 'a handshake' });
      socket.terminate();
      return JSON.stringify(broker.handshakes);
    };
    const handshake = await seen(join(server.dir, 'Caddyfile'));
    expect(handshake).toContain('sec-websocket-key');
    expect(handshake).not.toMatch(/telling|127\.0\.0\.77|198\.51\.100\.77/i);
  });

  test('would tell the broker without those lines', async () => {
    const broker = kept(
      await serve(
        { port: server.port + 1 },
        (_request, response) => response.end(),
        () => undefined,
      ),
    );
    await caddy(without('Caddyfile', /header_up -X-Forwarded-For/, /header_up -Origin/, /header_up -User-Agent/));
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/mqtt`, 'mqtt', {
      localAddress: '127.0.0.77',
      headers: { 'user-agent': 'Telling/1.0', origin: 'chrome-extension://telling' },
    });
    socket.on('error', () => undefined);
    await until(() => broker.handshakes.length > 0, { what: 'a handshake' });
    socket.terminate();
    expect(broker.handshakes[0]).toMatchObject({
      'x-forwarded-for': '127.0.0.77',
      'user-agent': 'Telling/1.0',
      origin: 'chrome-extension://telling',
    });
  });

  /** Somebody comes while the broker is away, which is when Caddy has something to complain about. */
  async function complaintsOf(config: string): Promise<() => string> {
    const said = await caddy(config);
    for (const path of ['mqtt', 'nothing', '']) {
      const url = `http://127.0.0.1:${server.port}/${path}`;
      execFileSync('curl', ['-s', '-o', '/dev/null', '--interface', '127.0.0.77', url]);
    }
    return said;
  }

  test('writes down no address of who asked, even when something fails', async () => {
    const said = await complaintsOf(join(server.dir, 'Caddyfile'));
    expect(linesWith('127.0.0.77', said() + everythingIn(server.dir))).toEqual([]);
  });

  test('would write it down without the line that keeps errors of requests out', async () => {
    const said = await complaintsOf(without('Caddyfile', /exclude http\.log\.error/));
    await until(() => said().includes('127.0.0.77'), { what: 'the address in the log' });
  });

  /** Starts coturn, told to say all that it does. @returns what it has said so far, and what has come into its folder. */
  async function talkativeTurn(config: string, ...more: readonly string[]): Promise<() => string> {
    const verbose = join(server.dir, 'verbose-turnserver.conf');
    writeFileSync(verbose, [readFileSync(config, 'utf8'), 'verbose', ...more, ''].join('\n'));
    const said = running('/usr/bin/turnserver', '-c', verbose, '--pidfile', join(server.dir, 'turn.pid'));
    await until(() => isOpen('127.0.0.1', server.port + 3), { what: 'coturn to listen' });
    return () => said() + everythingIn(server.dir);
  }

  /** What a client of TURN says of its visit. */
  async function visitTurn(host: string, ...more: readonly string[]): Promise<string> {
    const args = [...more, '-n', '1', '-m', '1', '-p', String(server.port + 3), host];
    const client = spawn('turnutils_uclient', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [client.stdout, client.stderr]) stream.on('data', (chunk) => (said += chunk));
    await once(client, 'close');
    return said;
  }
  const visitor = ['-t', '-L', '127.0.0.78', '-u', '1:nobody', '-w', 'wrong', '-y'];

  test('writes down nobody who asks TURN', async () => {
    const written = await talkativeTurn(join(server.dir, 'turnserver.conf'));
    expect(await visitTurn('127.0.0.1', ...visitor)).toContain('Cannot complete Allocation');
    expect(linesWith('127.0.0.78', written())).toEqual([]);
    expect(linesWith('1:nobody', written())).toEqual([]);
  });

  test('would write them down without the lines that keep coturn silent', async () => {
    const loud = without('turnserver.conf', /^log-file=/, /^no-stdout-log$/);
    const written = await talkativeTurn(loud, 'log-file=stdout');
    await visitTurn('127.0.0.1', ...visitor);
    await until(() => linesWith('127.0.0.78', written()).length > 0, { what: 'the address in the log' });
  });

  test('denies TURN what its list names, and nothing else', async () => {
    const user = `${Math.floor(Date.now() / 1000) + 600}:test`;
    const password = createHmac('sha1', readFileSync(join(server.dir, 'secret')))
      .update(user)
      .digest('base64');
    const signIn = ['-u', user, '-w', password];
    // Its own address is a private one on most machines that run tests, so it stands for a public one here.
    const config = without('turnserver.conf', /^allowed-peer-ip=/, /^denied-peer-ip=[\d.]+-/);
    await talkativeTurn(config);
    expect(await visitTurn(ownAddress(), ...signIn, '-y')).toContain('Total lost packets 0 ');
  });

  test('denies TURN every private network', () => {
    const config = readFileSync(join(server.dir, 'turnserver.conf'), 'utf8');
    for (const range of [
      '10.0.0.0-10.255',
      '100.64.0.0-100.127',
      '127.0.0.0-127.255',
      '169.254.0.0-169.254',
      '172.16.0.0-172.31',
      '192.168.0.0-192.168',
      'fc00::-fdff',
      'fe80::-febf',
      '::ffff:0:0-',
      '64:ff9b::-',
      '200::-3ff',
      '400::-5ff',
    ])
      expect(config).toContain(`denied-peer-ip=${range}`);
  });

  test('shows its secret to nobody who looks at the processes, and keeps it where only its owner reads', () => {
    const secret = readFileSync(join(server.dir, 'secret'), 'utf8');
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect([...processes].filter((line) => line.includes(secret))).toEqual([]);
    // What was looked at is what it ran.
    expect([...processes].filter((line) => line.includes('turnutils_uclient'))).not.toEqual([]);
    expect(server.output().split('ffc-server:1:')[0]).not.toContain(secret);
    for (const name of ['secret', 'server.conf', 'turnserver.conf'])
      expect(statSync(join(server.dir, name)).mode & 0o007, name).toBe(0);
  });

  // Last, because it changes the folder. One without the defences that it can see itself: its own words prove that it would notice.
  test('says what is wrong with one that was changed by hand, and what to do', async () => {
    const change = (name: string, from: RegExp, to: string) => {
      const path = join(server.dir, name);
      writeFileSync(path, readFileSync(path, 'utf8').replaceAll(from, to));
    };
    change('acl.json', /"topic": "ffc1\/\+"/g, '"topic": "#"');
    change('acl.json', /"allow": false/g, '"allow": true');
    change('mosquitto.conf', /^socket_domain ipv4$/gm, '');
    change('turnserver.conf', /^denied-peer-ip=10\..*$/gm, '');
    const again = kept(await startOwnServer({ dir: server.dir, port: server.port }));
    expect(again.output()).toMatch(/✗ Patterns are refused \(.*ffc1\/#.*\)\n.*acl\.json/);
    expect(again.output()).toMatch(/✗ The broker is closed at .*\n.*socket_domain ipv4/);
    expect(again.output()).toMatch(/✗ TURN does not reach private networks\n.*denied-peer-ip/);
    expect(again.output()).toContain('It goes on with what works.');
    for (const name of ['acl.json', 'mosquitto.conf', 'turnserver.conf'])
      expect(again.output()).toMatch(new RegExp(`Kept: .*${name} was edited by hand`));
    expect(() => again.verb('status')).toThrow();
  });
});
