// The other camera of a phone.
import { signal } from '@preact/signals';
import { expect, test } from 'vitest';
import { nextCamera } from '../../src/call/controls/flip-camera.ts';

const model = (ids: readonly string[], used: string) => ({
  devices: signal({ microphones: [], cameras: ids.map((id) => ({ id, label: id })), speakers: [] }),
  chosen: signal({ microphoneId: '', cameraId: used, speakerId: '' }),
});

test.each([
  ['the one behind the first', ['front', 'back'], 'front', 'back'],
  ['the first again after the last', ['front', 'back'], 'back', 'front'],
  ['each of three in turn', ['front', 'wide', 'back'], 'wide', 'back'],
  ['the first, where the one in use is not in the list', ['front', 'back'], 'gone', 'front'],
] as const)('flipping the camera takes %s', (_what, ids, used, next) => {
  expect(nextCamera(model(ids, used))).toBe(next);
});

test('there is none to flip to where there is one camera, or none', () => {
  expect(nextCamera(model(['front'], 'front'))).toBeUndefined();
  expect(nextCamera(model([], ''))).toBeUndefined();
});
