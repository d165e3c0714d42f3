// The README's privacy tables against the code: each row of what leaves has a proof, nothing else opens connections, and each permission of
// the manifests is explained.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { manifestFor } from '../../tools/package/browser-manifest.mjs';

const read = (path: string): string => readFileSync(path, 'utf8');
const filesIn = (folder: string, ending: RegExp): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name).replaceAll('\\', '/'))
    .filter((path) => ending.test(path));
const readme = read('README.md');
const sources = filesIn('src', /\.tsx?$/);

/** The rows of the table under a heading. */
function rowsUnder(heading: string): readonly string[] {
  const section = readme.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section.split('\n').filter((line) => line.startsWith('|') && !/^\| *(?:-+|when|permission)\b/.test(line));
}

describe('what leaves this computer', () => {
  const rows = rowsUnder('What leaves this computer, and when').filter((row) => !row.startsWith('| -'));
  const proofs = filesIn('tests', /\.test\.tsx?$/).map((path) => ({ path, text: read(path) }));

  test('has a row for each kind, by a name of its own', () => {
    const ids = rows.map((row) => /<a id="(leaves-[\w-]+)"><\/a>/.exec(row)?.[1]);
    expect(ids).not.toContain(undefined);
    expect(ids.length).toBeGreaterThan(10);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each([...readme.matchAll(/<a id="((?:leaves|protects)-[\w-]+)"><\/a>/g)].map(([, id = '']) => id))(
    '%s is proven by a test',
    (id) => {
      expect(
        proofs.filter(({ text }) => new RegExp(`README\\.md#${id}\\b(?!-)`).test(text)).map(({ path }) => path),
      ).not.toEqual([]);
    },
  );

  // README.md#leaves-nothing, README.md#leaves-never
  test('leaves through these doors only: sockets and questions to relays, a look at a page for guests, connections of calls', () => {
    const doors: Record<string, RegExp> = {
      socket: /\bnew WebSocket\(/,
      fetch: /(?<![.\w#])fetch\((?!here|next)/,
      connection: /\bnew RTCPeerConnection\(|extends RTCPeerConnection\b/,
      other: /XMLHttpRequest|\bEventSource\(|sendBeacon|WebTransport|importScripts|\bimport\(\s*['"`]http/,
    };
    const found = Object.fromEntries(
      Object.entries(doors).map(([door, shape]) => [door, sources.filter((path) => shape.test(read(path)))]),
    );
    expect(found).toEqual({
      socket: ['src/platform/relay/browser-sockets.ts'],
      // What cleans a voice is a file of the package.
      fetch: [
        'src/connectivity/check-guest-page.ts',
        'src/call/effects/rnnoise.ts',
        'src/platform/relay/browser-sockets.ts',
      ],
      connection: ['src/connectivity/ice-probe.ts', 'src/link/connection/call-connection.ts'],
      other: [],
    });
  });

  // README.md#leaves-never
  test('is nothing for fonts, scripts, pictures or telemetry from elsewhere: no page or style names another host', () => {
    for (const path of [...filesIn('src', /\.(?:html|css)$/), ...filesIn('public', /\.(?:html|css|svg)$/)])
      expect(read(path).replaceAll('http://www.w3.org/2000/svg', ''), path).not.toMatch(
        /(?:https?:)?\/\/[a-z][\w-]*\.[a-z]/i,
      );
    const policy = /"extension_pages": "([^"]*)"/.exec(read('manifest.json'))?.[1] ?? '';
    for (const kind of ['default-src', 'script-src', 'style-src', 'img-src', 'media-src'])
      expect(new RegExp(`${kind}([^;]*)`).exec(policy)?.[1], kind).not.toMatch(/\*|https?:|\w+\.\w+/);
    expect(policy).toMatch(/default-src 'none'/);
    expect(read('manifest.json')).not.toMatch(/update_url/);
  });
});

describe('the permissions', () => {
  const table = rowsUnder('Permissions').join('\n');
  const manifest = JSON.parse(read('manifest.json'));

  test.each(['chrome', 'firefox'] as const)('of %s are explained, and no others', (target) => {
    const { permissions = [] } = manifestFor(target, manifest) as { permissions?: readonly string[] };
    for (const name of permissions) expect(table, name).toContain(`\`${name}\``);
  });

  test('that are explained are asked for', () => {
    const asked = (['chrome', 'firefox'] as const).flatMap(
      (target) => (manifestFor(target, manifest) as { permissions: readonly string[] }).permissions,
    );
    const explained = [...table.matchAll(/^\| `(\w+)`/gm)].map(([, name = '']) => name);
    expect(new Set(explained)).toEqual(new Set(asked));
  });
});
