// Whether a page for guests is the one that came with the extension: one changed byte in any file is found.
import { describe, expect, test } from 'vitest';
import { checkGuestPage, type GuestPageFacts, guestPageAddress } from '../../src/connectivity/check-guest-page.ts';
import { toHex, utf8 } from '../../src/core/base/bytes.ts';
import { sealer } from '../support/samples/test-identity.ts';

const page = '<!doctype html><title>FreeFlow Connect</title><script src="./assets/index-1.js"></script>';
const built: Readonly<Record<string, string>> = {
  'assets/index-1.js': 'visit()',
  'assets/style-2.css': 'main { color: red }',
  'index.html': page,
  'one-file/index.html': `${page}<script>visit()</script>`,
};
const address = 'https://call.example/join/';

async function facts(): Promise<GuestPageFacts> {
  const hashed = Object.entries(built).map(
    async ([name, content]) => [name, toHex(await sealer.sha256(utf8(content)))] as const,
  );
  return { version: '1.2.3', files: Object.fromEntries(await Promise.all(hashed)) };
}

/** A server that has these files below its address. */
async function look(files: Readonly<Record<string, string | undefined>>, at = address) {
  const asked: string[] = [];
  const verdict = await checkGuestPage(at, await facts(), {
    sealer,
    load: async (url) => {
      asked.push(url);
      const content = files[url];
      return content === undefined ? undefined : new Uint8Array(utf8(content));
    },
  });
  return { verdict, asked };
}

const served = (change: Readonly<Record<string, string | undefined>> = {}) =>
  Object.fromEntries(
    Object.entries({ ...built, ...change }).map(([name, content]) => [
      name === 'index.html' ? address : address + name,
      content,
    ]),
  );

describe('guest page: what is on the server', () => {
  // README.md#leaves-guest-check
  test('as it was built, it is unchanged', async () => {
    expect((await look(served())).verdict).toEqual({ state: 'unchanged', version: '1.2.3', files: 3 });
  });

  // Seen to fail with the hash of a file compared with itself.
  test.each(['assets/index-1.js', 'assets/style-2.css', 'index.html'])(
    'one other byte in %s is named',
    async (name) => {
      const { verdict } = await look(served({ [name]: `${built[name]} ` }));
      expect(verdict).toEqual({ state: 'changed', version: '1.2.3', files: [name] });
    },
  );

  test('a file that is missing is named, and of a changed page nothing else is loaded', async () => {
    expect((await look(served({ 'assets/style-2.css': undefined }))).verdict).toMatchObject({
      state: 'changed',
      files: ['assets/style-2.css'],
    });
    expect(
      (await look(served({ 'index.html': `${page}<script src="https://evil.example/"></script>` }))).asked,
    ).toEqual([address]);
  });

  test('the one file is known under any name', async () => {
    const at = 'https://call.example/talk.html';
    const { verdict, asked } = await look({ [at]: built['one-file/index.html'] }, at);
    expect(verdict).toEqual({ state: 'unchanged', version: '1.2.3', files: 1 });
    expect(asked).toEqual([at]);
  });

  test('another page, and none', async () => {
    expect((await look({ [address]: '<title>Welcome to nginx</title>' })).verdict).toEqual({ state: 'not-ours' });
    expect((await look({})).verdict).toEqual({ state: 'unreachable' });
  });
});

describe('guest page: its address', () => {
  test.each([
    ['call.example/join', 'https://call.example/join/'],
    [' https://Call.example ', 'https://call.example/'],
    ['https://call.example/talk.html', 'https://call.example/talk.html'],
    ['http://127.0.0.1:8080/join', 'http://127.0.0.1:8080/join/'],
  ])('%j is %s', (typed, is) => expect(guestPageAddress(typed)).toBe(is));

  test.each([
    '',
    'http://call.example/',
    'https://call.example/?a=b',
    'https://call.example/#ffc:1:x',
    'https://me:secret@call.example/',
    'javascript:alert(1)',
    'file:///tmp/page.html',
    'https://call.example/two words',
  ])('%j is none, and nobody is asked', async (typed) => {
    expect(guestPageAddress(typed)).toBeUndefined();
    expect(await look({}, typed)).toEqual({ verdict: { state: 'not-an-address' }, asked: [] });
  });
});
