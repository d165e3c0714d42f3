// What is handed to the stores against the code: permissions, data, texts, and what of others is in the packages.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { manifestFor } from '../../tools/package/browser-manifest.mjs';
import { tableOfWhatLeaves } from '../../tools/package/privacy-policy.mjs';
import { listingLanguages, listingLimits } from '../../tools/package/store-folders.mjs';
import { noticesOf, thirdParties, thirdPartyTable } from '../../tools/package/third-party.mjs';

const read = (path: string): string => readFileSync(path, 'utf8');
const manifest = JSON.parse(read('manifest.json'));
/** The first cells of the rows of a table, which are code. */
const namesIn = (document: string) => [...document.matchAll(/^\| `([\w-]+)`/gm)].map(([, name = '']) => name);

describe('the papers for the stores', () => {
  test('give a reason for each permission of the manifests, and for no other', () => {
    const asked = (['chrome', 'firefox'] as const).flatMap(
      (target) => (manifestFor(target, manifest) as { permissions: readonly string[] }).permissions,
    );
    expect(new Set(namesIn(read('store/permissions.md')))).toEqual(new Set(asked));
  });

  test('name the same kinds of data as the manifest declares to Firefox', () => {
    const { required, optional } = manifest.browser_specific_settings.gecko.data_collection_permissions;
    expect(optional).toBeUndefined();
    expect(namesIn(read('PRIVACY.md'))).toEqual(required);
    for (const kind of required) expect(read('store/permissions.md')).toContain(`\`${kind}\``);
  });

  test('tell what leaves this computer in the words of the README ("npm run notices" writes them)', () => {
    expect(tableOfWhatLeaves(read('PRIVACY.md'))).toBe(tableOfWhatLeaves(read('README.md')));
  });

  test.each(listingLanguages())('have a listing in %s that fits every store', (language) => {
    for (const [name, most] of Object.entries(listingLimits)) {
      const words = read(`store/listing/${language}/${name}.txt`);
      expect(words.trim().length, name).toBeGreaterThan(10);
      expect(words.trim().length, name).toBeLessThanOrEqual(most);
      expect(words, name).not.toMatch(/<[a-z]|\t| $/m);
    }
    // Edge wants 250 characters at least; no store wants a browser in a name.
    expect(read(`store/listing/${language}/description.txt`).length).toBeGreaterThan(250);
    expect(read(`store/listing/${language}/title.txt`)).not.toMatch(/chrome|firefox|edge/i);
  });

  test('have one version, in package.json and in the manifest', () => {
    expect(manifest.version).toBe(JSON.parse(read('package.json')).version);
  });
});

describe('parts of others', () => {
  const parts = thirdParties();

  test('stand in THIRD-PARTY.md ("npm run notices" writes it)', () => {
    const rows = (table: string) =>
      table
        .split('\n')
        .filter((line) => line.startsWith('| ['))
        .map((line) => line.replace(/ +/g, ' '));
    expect(rows(read('THIRD-PARTY.md'))).toEqual(rows(thirdPartyTable(parts)));
  });

  test('have a licence that lets them be handed on, and an address', () => {
    for (const { name, licence, source } of parts) {
      expect(licence, name).toMatch(/^(?:MIT|ISC|BSD-[23]-Clause|0BSD|Apache-2\.0|MPL-2\.0)$/);
      expect(source, name).toMatch(/^https:\/\/[\w.-]+\/[\w./-]+$/);
    }
  });

  test('have their notices: whoever wrote them, and the licence once', () => {
    const part = { name: 'one', version: '1.0.0', licence: 'MIT', source: 'https://host/one' };
    const body = 'Permission is hereby granted.';
    const notices = noticesOf([
      { ...part, text: `The MIT License (MIT)\n\nCopyright (c) 2020 Ann\n\n${body}` },
      { ...part, name: 'two', text: `MIT License\nCopyright 2021 Ben\n\n${body}` },
      { ...part, name: 'three', licence: 'ISC', text: `Copyright (c) Cem\n\n${body}` },
    ]);
    for (const words of ['Copyright (c) 2020 Ann', 'Copyright 2021 Ben', 'Copyright (c) Cem', 'two 1.0.0 (MIT)'])
      expect(notices).toContain(words);
    expect(notices.split(body)).toHaveLength(3);
  });
});
