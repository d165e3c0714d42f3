// Who is told the own portrait, and which portraits of others are kept.
import { beforeEach, describe, expect, test } from 'vitest';
import { OwnPortraits } from '../../../src/call/page/own-portraits.ts';
import { type Bytes, toBase64url } from '../../../src/core/base/bytes.ts';
import { defaultSettings } from '../../../src/core/data/settings.ts';
import { WebCryptoSealer } from '../../../src/platform/crypto/web-crypto-sealer.ts';
import type { KeptPortrait } from '../../../src/platform/store/portrait-store.ts';
import { sampleContact } from '../../support/samples/backup-samples.ts';

const [bob, mallory] = [await sampleContact(2), await sampleContact(3, { blocked: true })];
const kept = new Map<string, KeptPortrait>();
let settings = defaultSettings;
let known = [bob, mallory];
let drawn: number[] = [];
let onDraw: () => void = () => undefined;

/** A small JPEG file that ends in this byte. */
function jpeg(last: number, side = 192): Bytes {
  const head = [0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, side, 0, side, 3, 1, 34, 0, 2, 17, 1, 3, 17, 1, 0xff, 0xda, 0, 2];
  return new Uint8Array([...head, last]);
}
const said = (last: number) => ({ jpeg: toBase64url(jpeg(last)) });

const portraits = new OwnPortraits({
  ownId: 'own',
  portraits: {
    get: async (id) => kept.get(id),
    put: async (id, portrait) => void kept.set(id, portrait),
    remove: async (id) => void kept.delete(id),
  },
  contacts: { get: async (id) => known.find((one) => one.id === id) },
  settings: { read: async () => settings },
  sealer: new WebCryptoSealer(),
  draw: async (picture) => {
    const bytes = new Uint8Array(await picture.arrayBuffer());
    if (bytes.at(-1) === 99) throw new Error('not to be decoded');
    drawn.push(bytes.at(-1) ?? -1);
    onDraw();
    return new Uint8Array([7, bytes.at(-1) ?? 0]);
  },
});

beforeEach(() => {
  kept.clear();
  settings = { ...defaultSettings, sendsPortrait: true };
  known = [bob, mallory];
  drawn = [];
  onDraw = () => undefined;
  kept.set('own', { jpeg: jpeg(1) });
});

describe('portraits: the own one', () => {
  test('is told to a contact by whoever wants it', async () => {
    expect(await portraits.own(bob.id)).toEqual(said(1));
  });

  test('that is not to be sent, or is not there, is told as none', async () => {
    settings = { ...settings, sendsPortrait: false };
    expect(await portraits.own(bob.id)).toEqual({});
    settings = { ...settings, sendsPortrait: true };
    kept.clear();
    expect(await portraits.own(bob.id)).toEqual({});
  });

  test('is nothing that strangers and blocked people hear of', async () => {
    expect(await portraits.own('stranger')).toBeUndefined();
    expect(await portraits.own(mallory.id)).toBeUndefined();
  });
});

describe('portraits: those of others (E.86)', () => {
  test('are drawn anew and kept; the same once more is not drawn again', async () => {
    await portraits.heard(bob.id, said(5));
    await portraits.heard(bob.id, said(5));
    expect(kept.get(bob.id)?.jpeg).toEqual(new Uint8Array([7, 5]));
    expect(drawn).toEqual([5]);
    await portraits.heard(bob.id, said(6));
    expect(kept.get(bob.id)?.jpeg).toEqual(new Uint8Array([7, 6]));
  });

  test('go when they are taken back', async () => {
    await portraits.heard(bob.id, said(5));
    await portraits.heard(bob.id, {});
    expect(kept.has(bob.id)).toBe(false);
  });

  test.each([
    ['of strangers', () => portraits.heard('stranger', said(5))],
    ['of blocked people', () => portraits.heard(mallory.id, said(5))],
    [
      'that nobody here wants to see',
      () => {
        settings = { ...settings, takesPortraits: false };
        return portraits.heard(bob.id, said(5));
      },
    ],
    ['too large', () => portraits.heard(bob.id, { jpeg: toBase64url(new Uint8Array(13_000).fill(255)) })],
    ['that are no pictures', () => portraits.heard(bob.id, { jpeg: toBase64url(new Uint8Array(200)) })],
    ['that no decoder takes', () => portraits.heard(bob.id, said(99))],
  ])('%s are not kept', async (_what, hear) => {
    await hear();
    expect(drawn).toEqual([]);
    expect([...kept.keys()]).toEqual(['own']);
  });

  test('that cannot be read leave the one before, and those after them are taken', async () => {
    await portraits.heard(bob.id, said(5));
    void portraits.heard(bob.id, said(99));
    await portraits.heard(bob.id, said(6));
    expect(kept.get(bob.id)?.jpeg).toEqual(new Uint8Array([7, 6]));
  });

  test('of somebody who is removed meanwhile are not kept', async () => {
    onDraw = () => {
      known = [];
    };
    await portraits.heard(bob.id, said(5));
    expect(kept.has(bob.id)).toBe(false);
  });
});
