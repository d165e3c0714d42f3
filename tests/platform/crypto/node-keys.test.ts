// The quick keys of the simulated calls against the browser's: what one seals, signs or derives, the other takes, and nothing else.
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../../src/core/base/bytes.ts';
import { NodeOpener, NodeSealer, NodeSigner } from '../../support/doubles/node-keys.ts';
import { hex, sealer, testIdentity } from '../../support/samples/test-identity.ts';

const node = new NodeSealer();
const [info, aad, plaintext] = [utf8('info'), utf8('aad'), utf8('what nobody else may read')];

describe("keys by Node's own cryptography", () => {
  it.each([
    ['Node', 'WebCrypto', node, sealer],
    ['WebCrypto', 'Node', sealer, node],
    ['Node', 'Node', node, node],
  ])('what %s seals, %s opens, and only with the same key, info and aad', async (_from, _to, from, to) => {
    const [bob, eve] = [await to.generateOpener(), await to.generateOpener()];
    const context = await from.sealTo(bob.publicKey, info);
    const sealed = await context.seal(plaintext, aad);
    expect(await bob.open(context.enc, sealed, info, aad)).toEqual(plaintext);
    expect(await eve.open(context.enc, sealed, info, aad)).toBeUndefined();
    expect(await bob.open(context.enc, sealed, aad, aad)).toBeUndefined();
    expect(await bob.open(context.enc, sealed, info, info)).toBeUndefined();
    expect(await bob.open(context.enc, sealed.with(0, (sealed[0] ?? 0) ^ 1), info, aad)).toBeUndefined();
    expect(await bob.open(new Uint8Array(32), sealed, info, aad)).toBeUndefined();
    expect(await bob.open(context.enc, new Uint8Array(5), info, aad)).toBeUndefined();
  });

  it('signs and verifies as WebCrypto does, and opens with the key of an identity', async () => {
    const { keys, signer } = await testIdentity(1);
    const quick = new NodeSigner(keys.ed25519Private, keys.ed25519Public);
    const signature = await quick.sign(plaintext);
    expect(toHex(signature)).toBe(toHex(await signer.sign(plaintext)));
    expect(await node.verify(keys.ed25519Public, signature, plaintext)).toBe(true);
    expect(await node.verify(keys.ed25519Public, signature, info)).toBe(false);
    expect(await node.verify(keys.ed25519Public.slice(1), signature, plaintext)).toBe(false);
    const opener = new NodeOpener(keys.x25519Private, keys.x25519Public);
    const context = await sealer.sealTo(keys.x25519Public, info);
    expect(await opener.open(context.enc, await context.seal(plaintext, aad), info, aad)).toEqual(plaintext);
  });

  it('hashes and derives as WebCrypto does', async () => {
    const [input, salt] = [hex('0b'.repeat(22)), hex('000102030405060708090a0b0c')];
    expect(await node.sha256(input)).toEqual(await sealer.sha256(input));
    expect(await node.hkdfSha256(input, salt, info, 42)).toEqual(await sealer.hkdfSha256(input, salt, info, 42));
  });
});
