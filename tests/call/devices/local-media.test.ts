// The own devices: each kind lives and fails by itself, follows plugs and permissions, and never leaves a camera open.
import { describe, expect, it } from 'vitest';
import { both, nothingChosen, settle, setUp } from '../../support/worlds/own-devices.ts';

describe('starting', () => {
  it('asks once for both, with the wanted quality', async () => {
    const { fake, media, onChange } = setUp();
    await media.start(both);
    expect(fake.asked).toHaveLength(1);
    expect(fake.asked[0]).toMatchObject({
      audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      video: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30 } },
    });
    expect([media.microphone, media.camera]).toEqual(['on', 'on']);
    expect(media.devices.cameras).toEqual([{ id: 'webcam', label: 'The webcam' }]);
    expect(onChange).toHaveBeenCalled();
  });

  it('gives a small picture where nobody needs a large one, from a camera opened later as well, and the whole one again', async () => {
    const { fake, media } = setUp();
    await media.start(both);
    const camera = () => fake.live().find(({ kind }) => kind === 'video');
    await media.limitCapture({ width: 640, height: 360 });
    expect(camera()?.constraints).toMatchObject({ width: { ideal: 640 }, height: { ideal: 360 } });
    await media.setCameraOn(false);
    await media.setCameraOn(true);
    expect(fake.asked.at(-1)).toMatchObject({ video: { width: { ideal: 640 }, frameRate: { ideal: 30 } } });
    await media.limitCapture(undefined);
    expect(camera()?.constraints).toMatchObject({ width: { ideal: 1280 }, height: { ideal: 720 } });
  });

  it('does not touch the camera of an audio call', async () => {
    const { fake, media } = setUp();
    await media.start({ ...both, camera: false });
    expect(fake.live().map((track) => track.kind)).toEqual(['audio']);
    expect(media.camera).toBe('off');
  });

  it('takes another device when the remembered one is gone', async () => {
    const { media } = setUp();
    await media.start({ ...both, chosen: { ...nothingChosen, cameraId: 'old-webcam' } });
    expect(media.camera).toBe('on');
    expect(media.chosen.cameraId).toBe('webcam');
  });

  it('goes on with the microphone when there is no camera', async () => {
    const { media } = setUp({ cameras: [] });
    await media.start(both);
    expect([media.microphone, media.camera]).toEqual(['on', 'missing']);
  });

  it('goes on with the camera when another program has the microphone', async () => {
    const { fake, media } = setUp();
    fake.occupy('headset');
    await media.start(both);
    expect([media.microphone, media.camera]).toEqual(['in-use', 'on']);
  });

  it('goes on with the microphone when only the camera is refused', async () => {
    const { fake, media } = setUp();
    fake.allow('camera', 'denied');
    await media.start(both);
    expect([media.microphone, media.camera]).toEqual(['on', 'denied']);
  });

  it('does not ask again when a person closed the question for both', async () => {
    const { fake, media } = setUp();
    fake.allow('camera', 'prompt');
    fake.allow('microphone', 'prompt');
    await media.start(both);
    expect([media.microphone, media.camera]).toEqual(['denied', 'denied']);
    expect(fake.asked).toHaveLength(1);
  });
});

describe('switching on and off', () => {
  it('mutes by silencing the track, which stays the same', async () => {
    const { fake, media, sent } = setUp();
    await media.start(both);
    await media.setMicrophoneOn(false);
    expect(media.microphone).toBe('off');
    expect(media.sent.of('microphone')?.enabled).toBe(false);
    await media.setMicrophoneOn(true);
    expect(media.microphone).toBe('on');
    expect(media.sent.of('microphone')?.enabled).toBe(true);
    expect(sent.microphone).toEqual(['headset']);
    expect(fake.asked).toHaveLength(1);
  });

  it('closes the camera for real and opens it again', async () => {
    const { fake, media, sent } = setUp();
    await media.start(both);
    await media.setCameraOn(false);
    expect(media.camera).toBe('off');
    expect(fake.live().map((track) => track.kind)).toEqual(['audio']);
    await media.setCameraOn(true);
    expect(media.camera).toBe('on');
    expect(sent.camera).toEqual(['webcam', null, 'webcam']);
  });

  it('leaves no camera open that was turned off while it started', async () => {
    const { fake, media } = setUp();
    await media.start({ ...both, camera: false });
    const answer = fake.hold();
    const turningOn = media.setCameraOn(true);
    await media.setCameraOn(false);
    answer();
    await turningOn;
    expect(media.camera).toBe('off');
    expect(fake.live().map((track) => track.kind)).toEqual(['audio']);
  });

  it('stays muted when muted while the microphone started', async () => {
    const { fake, media } = setUp();
    const answer = fake.hold();
    const starting = media.start(both);
    await settle();
    await media.setMicrophoneOn(false);
    answer();
    await starting;
    expect(media.microphone).toBe('off');
    expect(media.sent.of('microphone')?.enabled).toBe(false);
  });
});

describe('choosing another device', () => {
  it('switches live and closes the old one', async () => {
    const { fake, media, sent } = setUp({ cameras: ['webcam', 'microscope'] });
    await media.start(both);
    await media.choose({ cameraId: 'microscope' });
    expect(media.chosen.cameraId).toBe('microscope');
    expect(sent.camera).toEqual(['webcam', 'microscope']);
    expect(fake.live().map((track) => track.deviceId)).toEqual(['headset', 'microscope']);
  });

  it('keeps a muted microphone muted', async () => {
    const { media } = setUp({ microphones: ['headset', 'desk'] });
    await media.start(both);
    await media.setMicrophoneOn(false);
    await media.choose({ microphoneId: 'desk' });
    expect(media.chosen.microphoneId).toBe('desk');
    expect(media.sent.of('microphone')?.enabled).toBe(false);
    expect(media.microphone).toBe('off');
  });

  it('keeps the old device when the new one does not work', async () => {
    const { fake, media } = setUp({ cameras: ['webcam', 'microscope'] });
    await media.start(both);
    fake.occupy('microscope');
    await media.choose({ cameraId: 'microscope' });
    expect(media.camera).toBe('on');
    expect(media.chosen.cameraId).toBe('webcam');
    fake.occupy('microscope', false);
    await media.choose({ cameraId: 'microscope' });
    expect(media.chosen.cameraId).toBe('microscope');
  });
});

describe('plugs and permissions', () => {
  it('takes the default device when the used one is unplugged', async () => {
    const { fake, media, sent } = setUp({ microphones: ['built-in', 'headset'] });
    await media.start({ ...both, chosen: { ...nothingChosen, microphoneId: 'headset' } });
    fake.unplug('headset');
    await settle();
    expect(media.microphone).toBe('on');
    expect(sent.microphone).toEqual(['headset', null, 'built-in']);
  });

  it('returns to the chosen device when it is plugged in again', async () => {
    const { fake, media } = setUp({ microphones: ['built-in', 'headset'] });
    await media.start({ ...both, chosen: { ...nothingChosen, microphoneId: 'headset' } });
    fake.unplug('headset');
    await settle();
    fake.plugIn('audioinput', 'headset');
    await settle();
    expect(media.chosen.microphoneId).toBe('headset');
  });

  it('says that the only camera is gone, and uses it when it is back', async () => {
    const { fake, media } = setUp();
    await media.start(both);
    fake.unplug('webcam');
    await settle();
    expect(media.camera).toBe('missing');
    fake.plugIn('videoinput', 'webcam');
    await settle();
    expect(media.camera).toBe('on');
  });

  it('is not moved by the end of a track that it had given up', async () => {
    const { fake, media } = setUp();
    await media.start(both);
    const [, camera] = fake.tracks;
    await media.setCameraOn(false);
    camera?.end();
    await settle();
    expect(media.camera).toBe('off');
    expect(fake.asked).toHaveLength(1);
  });

  it('does not open a camera that is off when one is plugged in', async () => {
    const { fake, media } = setUp();
    await media.start({ ...both, camera: false });
    fake.plugIn('videoinput', 'second');
    await settle();
    expect(media.camera).toBe('off');
    expect(media.devices.cameras).toHaveLength(2);
  });

  it('retries a refused kind when the person allows it', async () => {
    const { fake, media } = setUp();
    fake.allow('camera', 'denied');
    await media.start(both);
    fake.allow('camera', 'granted');
    await settle();
    expect(media.camera).toBe('on');
  });

  it('stops everything, and stays stopped', async () => {
    const { fake, media, sent } = setUp();
    await media.start(both);
    media.stop();
    fake.plugIn('videoinput', 'second');
    await settle();
    expect(fake.live()).toEqual([]);
    expect([media.microphone, media.camera]).toEqual(['off', 'off']);
    expect(sent.camera).toEqual(['webcam', null]);
  });
});
