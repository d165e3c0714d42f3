// The documents as pages: every link leads somewhere, nothing comes from elsewhere, no page is heavy, and axe finds nothing in them.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { posix } from 'node:path';
import { gzipSync } from 'node:zlib';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { pageFrom, sitePages } from '../../tools/site/site.mjs';

const pages = sitePages();
const anchorsOf = new Map([...pages].map(([address, html]) => [address, new Set(html.match(/(?<= id=")[^"]+/g))]));

describe('the site of the documents', () => {
  test('has no dead link and no dead anchor', () => {
    const dead: string[] = [];
    for (const [address, html] of pages)
      for (const [, href = ''] of html.matchAll(/<a (?:class="skip" )?href="([^"]*)"/g)) {
        if (/^https?:/.test(href)) continue;
        const [file = '', anchor] = href.split('#');
        const target = file === '' ? address : posix.join(posix.dirname(address), file);
        if (target === 'LICENSE' || existsSync(`public/${target}`)) continue;
        if (!anchorsOf.has(target) || (anchor && !anchorsOf.get(target)?.has(anchor))) dead.push(`${address}: ${href}`);
      }
    expect(dead).toEqual([]);
  });

  test('loads nothing from elsewhere and runs nothing', () => {
    for (const [address, html] of pages) {
      expect(html, address).not.toMatch(/<(?:script|iframe|object|embed)\b/);
      for (const [, source = ''] of html.matchAll(/<(?:img|link)\b[^>]*(?:src|href)="([^"]*)"/g))
        expect(source, address).toMatch(/^(?:\.\.\/)*(?:site\.css|images\/[\w.-]+)$/);
    }
  });

  test('has no page above 50 kB on the wire', () => {
    for (const [address, html] of pages) expect(gzipSync(html).length, address).toBeLessThan(50_000);
  });

  test('refuses a document that leads to what has no page', () => {
    expect(() => pageFrom('docs/glossary.md', '[there](../two.md)', new Set(['docs/glossary.md']))).toThrow(
      'docs/glossary.md leads to ../two.md, which has no page.',
    );
  });

  test.each(['privacy.html', 'decisions/index.html'])('%s: axe finds nothing', async (address) => {
    const { window } = new JSDOM(pages.get(address) ?? '', { runScripts: 'outside-only' });
    window.eval(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    // Colours are the product's own, which the gallery looks at; a document that is not painted has none.
    const found = window.eval(`
      axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: false } } }).then(({ violations }) =>
        violations.map(({ id, nodes }) => id + ': ' + nodes.map(({ html }) => html).join(' ')))`) as Promise<
      readonly string[]
    >;
    expect(Array.from(await found)).toEqual([]);
  });
});
