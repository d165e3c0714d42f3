// What the pages of the product may load, ask and look up, as their HTML and the manifests say it.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { manifestFor } from '../../tools/package/browser-manifest.mjs';
import { guestPolicy } from '../../tools/package/guest-page.mjs';
import { cspOf, metaOf, weaknessesOf } from '../support/drivers/page-policies.ts';

const manifest = JSON.parse(readFileSync('manifest.json', 'utf8')) as Record<string, unknown>;
/** The gallery is for developers and not in the package. */
const pages = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.html') && !name.startsWith('gallery'))
  .map((name) => `src/${name}`)
  .sort();

// Seen to fail with the element taken out of one page, and put behind the first link of it.
it('all pages keep Firefox from looking up the names in links, before anything else is in them (M5)', () => {
  const names = ['call', 'guest', 'messages', 'offscreen', 'options', 'popup', 'recordings', 'room', 'trial'];
  expect(pages).toEqual(names.map((name) => `src/${name}/index.html`));
  for (const page of pages) expect(weaknessesOf(readFileSync(page, 'utf8')), page).toEqual([]);
});

// Seen to fail with the page of rooms, which was light whatever had been chosen.
it('every page of the extension with something to see looks as it was chosen in the settings', () => {
  const shown = pages
    .filter((page) => !page.startsWith('src/guest/') && !page.startsWith('src/offscreen/'))
    .map((page) => page.replace('.html', '.tsx'));
  expect(shown).toHaveLength(7);
  expect(shown.filter((entry) => !readFileSync(entry, 'utf8').includes('\nwearAppearance();\n'))).toEqual([]);
});

describe('the page for guests', () => {
  const csp = cspOf(guestPolicy({ scripts: ['sha256-x'], styles: [] }));

  it('runs nothing but its own files and what stands in it with a hash', () => {
    expect(csp.get('default-src')).toEqual(["'none'"]);
    expect(csp.get('script-src')).toEqual(["'self'", "'sha256-x'"]);
    expect(
      [...csp.values()].flat().filter((source) => /unsafe|\*$|^http:/.test(source) && !source.startsWith('ws:')),
    ).toEqual([]);
    expect(csp.get('connect-src')).toEqual(["'self'", 'wss:', 'https:', 'ws://localhost:*', 'ws://127.0.0.1:*']);
    for (const name of ['object-src', 'base-uri', 'form-action']) expect(csp.get(name), name).toEqual(["'none'"]);
    expect(csp.get('require-trusted-types-for')).toEqual(["'script'"]);
  });

  it('tells no other site where it was', () => {
    expect(readFileSync('src/guest/index.html', 'utf8')).toContain('<meta name="referrer" content="no-referrer" />');
  });
});

describe.each(['chrome', 'firefox'] as const)('the content security policy for %s', (target) => {
  const { extension_pages: text } = (
    manifestFor(target, manifest) as { content_security_policy: { extension_pages: string } }
  ).content_security_policy;
  const csp = cspOf(text);

  it('lets in nothing that the package does not bring (L8)', () => {
    expect(csp.get('default-src')).toEqual(["'none'"]);
    // WebAssembly of the package may be compiled, for effects; text may not be run, which would need 'unsafe-eval'.
    expect(csp.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(csp.get('style-src')).toEqual(["'self'"]);
    expect(text.replace("'wasm-unsafe-eval'", '')).not.toContain('unsafe');
    for (const name of ['object-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(csp.get(name), name).toEqual(["'none'"]);
  });

  it('makes elements only of what DOMPurify has cleaned (L8)', () => {
    expect(csp.get('require-trusted-types-for')).toEqual(["'script'"]);
    expect(csp.get('trusted-types')).toEqual(['default', 'dompurify']);
  });

  it('lets sockets without TLS go to this computer alone (L8); plain HTTP is for the relay test of the settings', () => {
    const sources = csp.get('connect-src') ?? [];
    expect(sources.filter((source) => source.startsWith('ws:'))).toEqual(['ws://localhost:*', 'ws://127.0.0.1:*']);
    expect(sources).not.toContain('*');
    const connects = Object.fromEntries(
      ['call', 'messages', 'popup', 'offscreen', 'recordings', 'room', 'trial'].map((name) => {
        const policy = metaOf(readFileSync(`src/${name}/index.html`, 'utf8'), 'content-security-policy') ?? '';
        return [name, cspOf(policy).get('connect-src')];
      }),
    );
    expect(connects['popup']).toEqual(["'self'"]);
    expect(connects['offscreen']).toEqual(["'self'"]);
    expect(connects['recordings']).toEqual(["'self'"]);
    expect(connects['messages']).toEqual(["'self'"]);
    expect(connects['trial']).toEqual(["'self'"]);
    for (const name of ['call', 'room'])
      expect(connects[name]?.filter((source) => /^(?:ws|http):/.test(source))).toEqual([
        'ws://localhost:*',
        'ws://127.0.0.1:*',
        'http://localhost:*',
        'http://127.0.0.1:*',
      ]);
  });
});
