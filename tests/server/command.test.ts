// The server command without a server: what a dry run writes and would do, and its verbs on what was written.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseServerLink } from '../../src/core/network/server-link.ts';
import { canRunOwnServer, serverCommand } from '../support/lab/own-server.ts';
import { afterThisTest } from '../support/runner/cleanups.ts';
import { sealer } from '../support/samples/test-identity.ts';

const domain = 'call.example.org';

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'ffc-dry-run-'));
  afterThisTest(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs the command below a folder, where it changes nothing of the system. @throws with what it said when it ended badly. */
const dryRun = (folder: string, ...args: readonly string[]): string =>
  execFileSync(serverCommand, [...args, '--dry-run', folder], { encoding: 'utf8', stdio: 'pipe' });

/** Every file with its text; what was made at random is masked. */
function filesOf(folder: string): Readonly<Record<string, string>> {
  const secret = readFileSync(join(folder, 'etc/freeflow/secret'), 'utf8');
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => !name.includes('/lib/freeflow/') && lstatSync(join(folder, name)).isFile())
      .sort()
      .map((name) => [name, readFileSync(join(folder, name), 'utf8').replaceAll(secret, 'SECRET')]),
  );
}

const linkIn = (output: string): string => /^ffc-server:1:\S+$/m.exec(output)?.[0] ?? '';

function pageFolder(folder: string): string {
  const page = join(folder, 'a page');
  mkdirSync(join(page, 'assets'), { recursive: true });
  writeFileSync(join(page, 'index.html'), '<title>join</title>');
  writeFileSync(join(page, 'assets', 'a.js'), '');
  return page;
}

describe('the server command', () => {
  test.each([
    ['a name', []],
    ['no TURN', ['--no-turn']],
    ['another web server in front', ['--behind-proxy', '8080']],
    ['overlays', ['--overlay']],
  ])('with %s: what it writes and does', async (what, options) => {
    const folder = newFolder();
    const commands = dryRun(folder, domain, ...options);
    const { 'etc/freeflow/written': _, 'etc/freeflow/secret': secret, ...files } = filesOf(folder);
    expect(secret).toBe('SECRET');
    const all = Object.entries(files).map(([name, text]) => `=== ${name}\n${text}`);
    const written =
      what === 'a name' ? all : all.filter((text) => /^=== etc\/freeflow\/(?:Caddyfile|server|turn)/.test(text));
    const shown = [commands, ...written]
      .join('\n')
      .replaceAll(/\/usr\/lib\/[\w-]+\/mosquitto/g, '/usr/lib/KIND/mosquitto');
    await expect(shown).toMatchFileSnapshot(`written/${what.toLowerCase().replaceAll(' ', '-')}.txt`);
  });

  test('run again changes nothing', () => {
    const folder = newFolder();
    dryRun(folder, domain);
    const [before, made] = [filesOf(folder), statSync(join(folder, 'etc/freeflow/Caddyfile')).mtimeMs];
    expect(dryRun(folder, domain)).not.toContain('Kept');
    expect(filesOf(folder)).toEqual(before);
    expect(statSync(join(folder, 'etc/freeflow/Caddyfile')).mtimeMs).toBe(made);
  });

  test('keeps a file that was edited by hand, and takes one that was not to another choice', () => {
    const folder = newFolder();
    dryRun(folder, domain);
    const caddyfile = join(folder, 'etc/freeflow/Caddyfile');
    writeFileSync(caddyfile, `${readFileSync(caddyfile, 'utf8')}# mine\n`);
    const said = dryRun(folder, domain, '--behind-proxy', '8080', '--overlay');
    expect(said).toContain('Kept: /etc/freeflow/Caddyfile was edited by hand');
    expect(readFileSync(caddyfile, 'utf8')).toMatch(/# mine\n$/);
    expect(readFileSync(`${caddyfile}.new`, 'utf8')).toContain('http://:8080');
    expect(readFileSync(join(folder, 'etc/freeflow/turnserver.conf'), 'utf8')).not.toContain('denied-peer-ip=200::');
  });

  test.each([
    [['localhost.'], /is no name of a server/],
    [['call_example.org'], /is no name of a server/],
    [['call.example.org;id'], /is no name of a server/],
    [['call.example.org', '--behind-proxy', '70000'], /"70000" is no port/],
    [['call.example.org', '--sideways'], /There is no option --sideways/],
    [['status', 'of', 'everything'], /"everything" is not understood/],
    [['link'], /There is no server here yet/],
    [['backup'], /Which file\?/],
    [['--domain'], /--domain needs a value/],
    [['add-member', '--days', 'many'], /"many" is no number of days/],
  ])('%j is refused with a sentence', (args, sentence) => {
    expect(() => dryRun(newFolder(), ...args)).toThrow(sentence);
  });

  test('without anything says how it is used', () => {
    expect(execFileSync(serverCommand, { encoding: 'utf8' })).toContain('server add-member');
  });

  test('makes the link of its owner, which the extension reads', async () => {
    const folder = newFolder();
    dryRun(folder, '--domain', domain, '--page', pageFolder(folder));
    const secret = readFileSync(join(folder, 'etc/freeflow/secret'), 'utf8');
    const said = dryRun(folder, 'link');
    expect(said).toContain('for your own devices only');
    expect(await parseServerLink(said, sealer)).toEqual({
      link: {
        name: domain,
        relays: [`mqtt+wss://${domain}/mqtt`],
        iceServers: [
          { urls: `turn:${domain}:3478`, secret },
          { urls: `turn:${domain}:3478?transport=tcp`, secret },
          { urls: `turns:${domain}:5349?transport=tcp`, secret },
        ],
        page: `https://${domain}/join/`,
      },
    });
    expect(linkIn(said).length).toBeLessThan(700);
  });

  test("makes members' links, each with a password that ends", async () => {
    const folder = newFolder();
    dryRun(folder, domain);
    const secret = readFileSync(join(folder, 'etc/freeflow/secret'), 'utf8');
    const now = Date.now();
    const said = dryRun(folder, 'add-member', "Zoë O'Neill", '--days', '30');
    const read = await parseServerLink(said, sealer);
    if ('refused' in read) throw new Error(read.refused);
    const { endsAt = 0, iceServers } = read.link;
    expect(Math.abs(endsAt - now - 30 * 86_400_000)).toBeLessThan(86_400_000);
    expect(said).toContain(`good until ${new Date(endsAt).toISOString().slice(0, 10)}`);
    const username = `${endsAt / 1000}:ZoONeill`;
    const credential = createHmac('sha1', secret).update(username).digest('base64');
    expect(iceServers.length).toBe(3);
    for (const server of iceServers) expect(server).toMatchObject({ username, credential });
    expect(said).not.toContain(secret);
    expect(Buffer.from(linkIn(said).slice('ffc-server:1:'.length), 'base64url').toString('latin1')).not.toContain(
      secret,
    );
  });

  test('with no TURN makes links of a relay alone', async () => {
    const folder = newFolder();
    dryRun(folder, domain, '--no-turn');
    for (const verb of ['link', 'add-member'])
      expect(await parseServerLink(dryRun(folder, verb), sealer)).toEqual({
        link: { name: domain, relays: [`mqtt+wss://${domain}/mqtt`], iceServers: [] },
      });
  });

  test('renews its secret: the old one is in no file any more', () => {
    const folder = newFolder();
    dryRun(folder, domain);
    const before = readFileSync(join(folder, 'etc/freeflow/secret'), 'utf8');
    const said = dryRun(folder, 'renew-secret');
    expect(said).toContain('systemctl restart freeflow-turn.service');
    expect(linkIn(said)).not.toBe('');
    const after = readFileSync(join(folder, 'etc/freeflow/secret'), 'utf8');
    expect(after).toMatch(/^[0-9a-f]{64}$/);
    const config = readFileSync(join(folder, 'etc/freeflow/turnserver.conf'), 'utf8');
    expect(config).toContain(`static-auth-secret=${after}\n`);
    expect(JSON.stringify(filesOf(folder))).not.toContain(before);
  });

  test('is backed up and restored: the same links on another machine', () => {
    const [folder, other] = [newFolder(), newFolder()];
    dryRun(folder, domain, '--overlay');
    const backup = join(folder, 'backup.tar.gz');
    expect(dryRun(folder, 'backup', backup)).toContain('keep it as you keep a password');
    expect(statSync(backup).mode & 0o077).toBe(0);
    expect(dryRun(other, 'restore', backup)).toContain(`server ${domain}`);
    dryRun(other, domain, '--overlay');
    expect(linkIn(dryRun(other, 'link'))).toBe(linkIn(dryRun(folder, 'link')));
  });

  test('restores nothing but a backup', () => {
    const folder = newFolder();
    dryRun(folder, domain);
    const link = linkIn(dryRun(folder, 'link'));
    const bad = join(folder, 'bad.tar.gz');
    writeFileSync(join(folder, 'secret'), 'x');
    writeFileSync(join(folder, 'server.conf'), 'DOMAIN=evil.example\n');
    const pack = (...names: readonly string[]) => execFileSync('tar', ['-C', folder, '-czf', bad, ...names]);
    pack('secret', 'server.conf');
    expect(() => dryRun(folder, 'restore', bad)).toThrow(/its secret is none/);
    pack('secret');
    expect(() => dryRun(folder, 'restore', bad)).toThrow(/is no backup/);
    writeFileSync(bad, 'no archive');
    expect(() => dryRun(folder, 'restore', bad)).toThrow(/is no backup/);
    expect(() => dryRun(folder, 'restore', join(folder, 'nothing'))).toThrow(/There is no file/);
    expect(linkIn(dryRun(folder, 'link'))).toBe(link);
  });

  test('is upgraded from a release: its page and what was not edited, with the choices of before', () => {
    const [folder, release] = [newFolder(), newFolder()];
    dryRun(folder, domain, '--behind-proxy', '8080');
    const newer = join(release, 'freeflow-server-9.9.9');
    cpSync(join(serverCommand, '..'), newer, { recursive: true });
    const template = join(newer, 'templates/Caddyfile');
    writeFileSync(template, `${readFileSync(template, 'utf8')}# newer\n`);
    mkdirSync(join(newer, 'page'));
    writeFileSync(join(newer, 'page/index.html'), 'the newer page');
    const tarball = join(release, 'release.tar.gz');
    execFileSync('tar', ['-C', release, '-czf', tarball, 'freeflow-server-9.9.9']);
    dryRun(folder, 'upgrade', tarball);
    const caddyfile = readFileSync(join(folder, 'etc/freeflow/Caddyfile'), 'utf8');
    expect(caddyfile).toContain('# newer');
    expect(caddyfile).toContain('http://:8080');
    expect(readFileSync(join(folder, 'usr/local/share/freeflow/www/join/index.html'), 'utf8')).toBe('the newer page');
    writeFileSync(tarball, 'none');
    expect(() => dryRun(folder, 'upgrade', tarball)).toThrow(/is no release/);
  });

  test('takes everything away again', () => {
    const folder = newFolder();
    dryRun(folder, domain, '--page', pageFolder(folder));
    const said = dryRun(folder, 'remove');
    expect(said).toContain('systemctl disable');
    rmSync(join(folder, 'a page'), { recursive: true });
    const left = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => /freeflow/.test(name))).toEqual([]);
    expect(existsSync(join(folder, 'etc/systemd/system'))).toBe(true);
  });

  test('serves the page that it is given, whole or not at all', () => {
    const folder = newFolder();
    const page = pageFolder(folder);
    dryRun(folder, domain, '--page', page);
    const join1 = join(folder, 'usr/local/share/freeflow/www/join/index.html');
    expect(readFileSync(join1, 'utf8')).toContain('join');
    writeFileSync(join(page, 'index.html'), 'another');
    dryRun(folder, domain, '--page', page);
    expect(readFileSync(join1, 'utf8')).toBe('another');
    expect(
      readdirSync(join(folder, 'usr/local/share/freeflow/www')).filter((name) => name.startsWith('page-')),
    ).toHaveLength(1);
    rmSync(join(page, 'index.html'));
    expect(() => dryRun(folder, domain, '--page', page)).toThrow(/that is no guest page/);
  });

  test.runIf(canRunOwnServer()).each([[[]], [['--no-turn']], [['--behind-proxy', '8080']]])(
    'writes a configuration that Caddy takes: %j',
    (options) => {
      const folder = newFolder();
      dryRun(folder, domain, ...options);
      const config = join(folder, 'etc/freeflow/Caddyfile');
      const adapted = execFileSync('caddy', ['adapt', '--config', config, '--adapter', 'caddyfile'], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
      const { apps, logging } = JSON.parse(adapted);
      expect(Object.values(apps.http.servers)).toHaveLength(1);
      expect(adapted).not.toContain('"logs":{"default_logger_name"');
      expect(logging.logs.default.exclude).toEqual(['http.log.error', 'http.handlers.reverse_proxy']);
    },
  );

  test.runIf(existsSync('/usr/bin/shellcheck'))('has nothing for shellcheck to find', () => {
    execFileSync('shellcheck', ['-x', '-P', 'SCRIPTDIR', serverCommand], { encoding: 'utf8', stdio: 'pipe' });
  });

  test('is short enough to read, file by file', () => {
    const folder = join(serverCommand, '..');
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((one) =>
      /\.sh$|^server$/.test(one),
    ))
      expect(readFileSync(join(folder, name), 'utf8').split('\n').length, name).toBeLessThanOrEqual(300);
  });
});
