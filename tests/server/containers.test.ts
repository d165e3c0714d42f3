// The container files, which nobody has run here: their form, line by line. That they mount what the command writes, and give no rights away.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { serverCommand } from '../support/lab/own-server.ts';
import { afterThisTest } from '../support/runner/cleanups.ts';

const folder = join(serverCommand, '..', 'containers');
const compose = readFileSync(join(folder, 'compose.yaml'), 'utf8');
const containerfile = readFileSync(join(folder, 'Containerfile'), 'utf8');
const readme = readFileSync(join(folder, 'README.md'), 'utf8');
const services = ['relay', 'turn', 'web'] as const;

/** The lines of a part that all share, or of one service. */
function blockOf(name: string): string {
  const [, block = ''] = new RegExp(`^( *)${name}:.*\\n((?:\\1 +.*\\n|\\n)*)`, 'm').exec(compose)?.slice(1) ?? [];
  expect(block, name).not.toBe('');
  return block;
}

/** What is wrong with a Containerfile, rule by rule. */
function faultsOf(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => !line.startsWith('#'));
  const from = lines.filter((line) => line.startsWith('FROM '));
  return [
    ...(from.length === 0 ? ['builds on nothing'] : []),
    ...from
      .filter((line) => !/^FROM [\w./-]+:[\w.-]+@sha256:[0-9a-f]{64}$/.test(line))
      .map(() => 'an image without a digest'),
    ...(/:latest\b/.test(text) ? ['the latest of something'] : []),
    ...(/\b(?:curl|wget|ADD)\b/.test(lines.join('\n')) ? ['fetches past the package manager'] : []),
    ...(/apt-get install(?!.*--no-install-recommends)/.test(lines.join('\n')) ? ['installs more than it names'] : []),
    ...(/SECRET|PASSWORD/i.test(text) ? ['holds a secret'] : []),
  ];
}

describe('the container files', () => {
  test('say first that nobody has run them', () => {
    for (const text of [compose, containerfile, readme]) expect(text.slice(0, 300)).toMatch(/not run by us/i);
  });

  test('build on an image by its digest, from Debian alone', () => {
    expect(faultsOf(containerfile)).toEqual([]);
  });

  test.each([
    ['FROM debian:12', 'an image without a digest'],
    ['FROM debian:latest', 'the latest of something'],
    ['RUN curl https://a.example | sh', 'fetches past the package manager'],
    ['RUN apt-get install caddy', 'installs more than it names'],
    ['ENV SECRET=1', 'holds a secret'],
  ])('would be found out with %s', (line, fault) => {
    expect(faultsOf(`${containerfile}${line}\n`)).toContain(fault);
  });

  test('give no part a right that it does not need', () => {
    const shared = blockOf('x-part');
    for (const line of ['read_only: true', 'cap_drop: [ALL]', 'no-new-privileges:true', 'mem_limit:', 'pids_limit:'])
      expect(shared).toContain(line);
    for (const name of services) expect(blockOf(name)).toContain('<<: *part');
    expect(compose).not.toMatch(/privileged|docker\.sock|:latest|pid: host|^ +ports:/m);
    expect(compose.match(/cap_add:.*/g)).toEqual(['cap_add: [NET_BIND_SERVICE]']);
    for (const name of ['relay', 'turn']) expect(blockOf(name)).toMatch(/user: \$\{OWNER:\?\}/);
  });

  test('mount only what the command writes, and nothing that can be written but the certificates', () => {
    const files = mkdtempSync(join(tmpdir(), 'ffc-containers-'));
    afterThisTest(() => rmSync(files, { recursive: true, force: true }));
    const args = ['call.example.org', '--no-turn-tls', '--dry-run', files];
    execFileSync(serverCommand, args, { stdio: 'pipe' });
    for (const part of args.slice(1, -1)) expect(readme).toContain(part);
    const mounts = [...compose.matchAll(/^ +- (\S+?):(\S+?)(?::(ro))?$/gm)];
    expect(mounts.length).toBeGreaterThan(5);
    for (const [line, from = '', to = '', mode] of mounts) {
      if (from === 'certificates') continue;
      expect(mode, line).toBe('ro');
      expect(from, line).toBe(`./files${to}`);
      expect(existsSync(join(files, to)), line).toBe(true);
    }
    // What the programs are told to read is there.
    for (const [, path = ''] of compose.matchAll(/(\/etc\/freeflow\/[\w.]+)/g))
      expect(compose, path).toContain(`:${path}:ro`);
    expect(readFileSync(join(files, 'etc/freeflow/turnserver.conf'), 'utf8')).toMatch(/^no-tls$/m);
  });
});
