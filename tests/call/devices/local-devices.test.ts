// What the switches of a call page do to the own devices: nothing before a call wishes for them, and nothing after it.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LocalDevices } from '../../../src/call/devices/local-devices.ts';
import type { MediaState } from '../../../src/call/devices/media-word.ts';
import { emptyOwnModel, type OwnModel } from '../../../src/call/model/own-model.ts';
import type { SettingsStore } from '../../../src/platform/store/settings-store.ts';
import { FakeMediaDevices, FakeTrack } from '../../support/doubles/fake-media-devices.ts';

class HeldStream {
  readonly tracks: readonly FakeTrack[];

  constructor(tracks: readonly FakeTrack[]) {
    this.tracks = tracks;
  }

  getVideoTracks(): readonly FakeTrack[] {
    return this.tracks;
  }
}

let fake: FakeMediaDevices;
let model: OwnModel;
let devices: LocalDevices;
let kept: object[];
let screens: number;

/** Everything that is under way with the fakes, which answer in microtasks. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => {
  fake = new FakeMediaDevices();
  fake.plugIn('audioinput', 'headset');
  fake.plugIn('videoinput', 'webcam');
  [kept, screens] = [[], 0];
  const track = Object.assign(new FakeTrack('video', 'screen'), { contentHint: '' });
  const screen = { getTracks: () => [track], getVideoTracks: () => [track], getAudioTracks: () => [] };
  const mediaDevices = Object.assign(fake, {
    getDisplayMedia: async () => {
      screens += 1;
      return screen;
    },
  });
  vi.stubGlobal('navigator', { mediaDevices, permissions: fake.permissions });
  vi.stubGlobal('MediaStream', HeldStream);
  model = emptyOwnModel();
  devices = new LocalDevices(model, {
    change: async (change: object) => kept.push(change),
  } as unknown as SettingsStore);
  // Node cannot measure sound: levels wait with the preview.
  devices.holdPreview();
});

afterEach(() => {
  devices.stop();
  vi.unstubAllGlobals();
});

const toggleAll = () => {
  devices.toggleMicrophone();
  devices.toggleCamera();
  devices.toggleScreen();
};

describe('the switches', () => {
  // Seen to fail without the wish asked for in any of the three.
  test('open nothing before a call wishes for devices (H3)', async () => {
    toggleAll();
    await settle();
    expect([fake.asked, screens]).toEqual([[], 0]);
    devices.wish('audio');
    await settle();
    expect([model.microphone.value, model.camera.value, model.screen.value]).toEqual(['on', 'off', 'off']);
  });

  test('open a screen before the call is up, and nothing once it is over', async () => {
    devices.wish('audio');
    devices.toggleScreen();
    await settle();
    expect([screens, model.screen.value]).toEqual([1, 'on']);
    devices.stop();
    const asked = fake.asked.length;
    toggleAll();
    await settle();
    expect([fake.asked.length, fake.live(), screens, model.screen.value]).toEqual([asked, [], 1, 'off']);
  });

  test('mute at once, and the others are told', async () => {
    devices.wish('video');
    await settle();
    const told: MediaState[] = [];
    const unlisten = devices.onMedia((media) => told.push(media));
    devices.toggleMicrophone();
    devices.toggleCamera();
    expect(told.at(-1)).toEqual({ microphone: false, camera: false, screen: false, speaking: false });
    expect(fake.live().map(({ kind, enabled }) => [kind, enabled])).toEqual([['audio', false]]);
    unlisten();
    told.length = 0;
    devices.toggleMicrophone();
    expect([told, model.microphone.value]).toEqual([[], 'on']);
  });

  test('of a later call turn the camera off, and never anything on', async () => {
    devices.wish('video');
    await settle();
    devices.toggleMicrophone();
    devices.wish('audio');
    devices.wish('video');
    await settle();
    expect([model.microphone.value, model.camera.value]).toEqual(['off', 'off']);
  });
});

describe('a call that is on hold', () => {
  // Seen to fail with the switches left as they are, and with the camera kept open.
  test('is sent nothing, whatever is pressed, and gets back what was on', async () => {
    devices.wish('video');
    devices.toggleScreen();
    await settle();
    const told: boolean[] = [];
    devices.onHold((isOnHold) => told.push(isOnHold));
    devices.hold(true);
    devices.hold(true);
    toggleAll();
    await settle();
    expect(devices.sent).toMatchObject({ microphone: false, camera: false, screen: false });
    expect(fake.live().map(({ kind, enabled }) => [kind, enabled])).toEqual([['audio', false]]);
    devices.hold(false);
    await settle();
    expect(devices.sent).toMatchObject({ microphone: true, camera: true, screen: false });
    expect(told).toEqual([true, false]);
  });

  test('comes back muted and without a camera where it was so before', async () => {
    devices.wish('audio');
    await settle();
    devices.toggleMicrophone();
    devices.hold(true);
    devices.hold(false);
    await settle();
    expect(devices.sent).toMatchObject({ microphone: false, camera: false });
  });
});

test('what is chosen is in use, and kept for later calls', async () => {
  fake.plugIn('videoinput', 'second');
  devices.wish('video');
  await settle();
  devices.chooseDevices({ cameraId: 'second' });
  devices.chooseQuality('best');
  await settle();
  expect(fake.live().map(({ deviceId }) => deviceId)).toEqual(['headset', 'second']);
  expect(model.chosen.value.cameraId).toBe('second');
  expect([model.quality.value, kept]).toEqual(['best', [{ cameraId: 'second' }, { callQuality: 'best' }]]);
});
