// A browser without WebRTC, as Node is one, or without devices: the call page is not empty but says what is missing (fault 5).
import { afterEach, expect, test, vi } from 'vitest';
import { LocalMedia } from '../../../src/call/devices/local-media.ts';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';

vi.mock('webextension-polyfill', async () => ({
  default: (await import('../../support/doubles/fake-extension.ts')).fakeExtension,
}));
afterEach(() => void vi.unstubAllGlobals());

test('everything that a call page is built of can be loaded where there are no connections', async () => {
  expect(typeof RTCPeerConnection).toBe('undefined');
  expect((await import('../../../src/call/page/open-call.ts')).openCall).toBeTypeOf('function');
});

test('without WebRTC that alone is missing; with it, devices and notifications are looked at', async () => {
  const { missingAbilities } = await import('../../../src/ui/abilities/missing-abilities.tsx');
  const { fakeExtension } = await import('../../support/doubles/fake-extension.ts');
  vi.stubGlobal('navigator', {});
  expect(await missingAbilities()).toEqual(['calls']);
  vi.stubGlobal('RTCPeerConnection', class {});
  expect(await missingAbilities()).toEqual(['devices']);
  vi.stubGlobal('navigator', { mediaDevices: {} });
  expect(await missingAbilities()).toEqual([]);
  Object.assign(fakeExtension, { notifications: { getPermissionLevel: async () => 'denied' } });
  expect(await missingAbilities()).toEqual(['notifications']);
});

test('a browser that keeps devices from pages is one in which none were found', async () => {
  vi.stubGlobal('navigator', { permissions: { query: async () => Promise.reject(new Error('unknown')) } });
  const media = new LocalMedia({ onChange: () => undefined });
  await media.start({ microphone: true, camera: true, chosen: emptyOwnModel().chosen.value });
  expect([media.microphone, media.camera]).toEqual(['missing', 'missing']);
  media.stop();
});
