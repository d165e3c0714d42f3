// A side that breaks its promise, or somebody in the middle, is found out before anything is believed (docs/hostile-cases.md#e35, #e39,
// #e40).
import { describe, expect, test } from 'vitest';
import type { CallCarriers, CallWorld } from '../../../src/call/page/call-world.ts';
import type { Bytes } from '../../../src/core/base/bytes.ts';
import { ending, Scene } from '../../support/persons/scene.ts';

const other: Bytes = new Uint8Array(32).fill(7);

const isTranscript = (bytes: Bytes): boolean => new TextDecoder().decode(bytes).startsWith('ffc/1 transcript');

/** The world of a page with other carriers. */
const withCarriers =
  (change: (carriers: CallCarriers) => Partial<CallCarriers>) =>
  (world: CallWorld): CallWorld => ({
    ...world,
    carriers: async () => {
      const carriers = await world.carriers();
      return { ...carriers, ...change(carriers) };
    },
  });

/** Commits to one random part and reveals another. */
const anotherRandom = withCarriers((carriers) => ({
  prepareMaterial: async (...made) => {
    const material = await carriers.prepareMaterial(...made);
    let asked = 0;
    return {
      ...material,
      get random() {
        return asked++ === 0 ? material.random : other;
      },
    };
  },
}));

/** Commits to one certificate and answers with another. */
const anotherCertificate = (scene: Scene) =>
  withCarriers(() => ({ openLink: ({ opening, events }) => scene.links.opener(other)(opening, events) }));

describe('a caller', () => {
  // Seen to fail with the commitment not compared in CalleeFlow.
  test.each(['random part', 'certificate'])(
    'whose %s is not the one of the invite: security check failed (E.35)',
    async (what) => {
      const scene = await Scene.make();
      const bring = what === 'certificate' ? anotherCertificate(scene) : anotherRandom;
      const a = await scene.alice.call(scene.bob, bring);
      await scene.world.until(() => scene.bob.rings.length > 0, 'Bob rings');
      const b = await scene.bob.accept(scene.alice, a.callId);
      await scene.world.until(() => b.state().state === 'ended', 'Bob finds out', 1_000);
      await scene.world.pass(1_000);
      expect([ending(a), ending(b)]).toEqual(['security-check-failed', 'security-check-failed']);
      expect(scene.links.connected).toBe(0);
      expect(b.emoji).toBe('');
    },
  );
});

describe('a description', () => {
  // Seen to fail with a refused description taken as it is in CallerFlow.
  test.each(['answer', 'accept'])('with two fingerprints, in the %s: security check failed (E.35)', async (where) => {
    const scene = await Scene.make();
    const twoFingerprints = withCarriers((carriers) => ({
      openLink: ({ events, ...parts }) =>
        carriers.openLink({
          ...parts,
          events: {
            ...events,
            onDescription: (sdp, candidates) =>
              events.onDescription(`${sdp}a=fingerprint:sha-256 ${'AB:'.repeat(31)}AB\r\n`, candidates),
          },
        }),
    }));
    const a = await scene.alice.call(scene.bob, where === 'answer' ? twoFingerprints : undefined);
    await scene.world.until(() => scene.bob.rings.length > 0, 'Bob rings');
    const b = await scene.bob.accept(scene.alice, a.callId, where === 'accept' ? twoFingerprints : undefined);
    await scene.world.pass(2_000);
    expect(ending(where === 'answer' ? b : a)).toBe('security-check-failed');
    expect(scene.links.connected).toBe(0);
  });
});

describe('a proven link', () => {
  // Seen to fail with the hashes not compared in SecuredLink.
  // README.md#protects-emoji
  test('whose other end greets with another transcript is no call (E.40)', async () => {
    const scene = await Scene.make();
    const { page: a, callId } = await scene.ring();
    const b = await scene.bob.accept(scene.alice, callId, (honest) => ({
      ...honest,
      sealer: {
        ...honest.sealer,
        sha256: (bytes) => honest.sealer.sha256(isTranscript(bytes) ? bytes.subarray(0, 32) : bytes),
      },
    }));
    await scene.world.until(() => a.state().state === 'ended', 'Alice finds out', 5_000);
    await scene.world.pass(100);
    expect([ending(a), ending(b)]).toEqual(['security-check-failed', 'security-check-failed']);
  });
});
