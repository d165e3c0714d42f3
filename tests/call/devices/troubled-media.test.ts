// Devices that are not what they should be: silenced from outside, or another one in place of the one that was wanted.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FakeMediaDevices } from '../../support/doubles/fake-media-devices.ts';
import { both, nothingChosen, settle, setUp } from '../../support/worlds/own-devices.ts';

describe('silenced by the browser or the system (fault 7)', () => {
  const live = (fake: FakeMediaDevices, kind: 'audio' | 'video') => fake.live().find((track) => track.kind === kind);
  const inTime = (ms: number) => vi.advanceTimersByTime(ms);
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it.each([
    ['microphone', 'audio'],
    ['camera', 'video'],
  ] as const)('a %s that gives nothing is silenced after a moment, and on again at once', async (kind, sent) => {
    const { fake, media, onChange } = setUp();
    await media.start(both);
    live(fake, sent)?.silence(true);
    expect(media[kind]).toBe('on');
    onChange.mockClear();
    inTime(2_100);
    expect(media[kind]).toBe('silenced');
    expect(onChange).toHaveBeenCalled();
    live(fake, sent)?.silence(false);
    expect(media[kind]).toBe('on');
  });

  it('a slow camera that comes back in a moment is not', async () => {
    const { fake, media } = setUp();
    await media.start(both);
    live(fake, 'video')?.silence(true);
    inTime(500);
    live(fake, 'video')?.silence(false);
    inTime(5_000);
    expect(media.camera).toBe('on');
  });

  it('whoever muted themselves stays muted, and hears of it on unmuting', async () => {
    const { fake, media } = setUp();
    await media.start(both);
    await media.setMicrophoneOn(false);
    live(fake, 'audio')?.silence(true);
    inTime(2_100);
    expect(media.microphone).toBe('off');
    await media.setMicrophoneOn(true);
    expect(media.microphone).toBe('silenced');
  });

  it('a device that was closed meanwhile changes nothing', async () => {
    const { fake, media } = setUp();
    await media.start(both);
    live(fake, 'video')?.silence(true);
    await media.setCameraOn(false);
    inTime(2_100);
    expect(media.camera).toBe('off');
  });
});

describe('another device in place of the wanted one (fault 7)', () => {
  it('a camera that another program has is replaced by one that works, by name', async () => {
    const { fake, media } = setUp({ cameras: ['webcam', 'second', 'third'] });
    fake.occupy('webcam');
    fake.occupy('second');
    await media.start(both);
    expect(media.camera).toBe('on');
    expect(media.sent.of('camera')?.getSettings().deviceId).toBe('third');
    expect(media.substitutes).toEqual({ camera: 'The third' });
  });

  it('where all are in use it says so', async () => {
    const { fake, media } = setUp({ cameras: ['webcam', 'second'] });
    fake.occupy('webcam');
    fake.occupy('second');
    await media.start(both);
    expect(media.camera).toBe('in-use');
    expect(media.substitutes).toEqual({});
  });

  it('a microphone that was unplugged is named by what replaces it; the word goes when it is chosen', async () => {
    const { fake, media } = setUp({ microphones: ['headset', 'built-in'] });
    await media.start({ ...both, chosen: { ...nothingChosen, microphoneId: 'headset' } });
    fake.unplug('headset');
    await settle();
    expect(media.substitutes).toEqual({ microphone: 'The built-in' });
    await media.choose({ microphoneId: 'built-in' });
    expect(media.substitutes).toEqual({});
  });

  it("a speaker that is gone is replaced by the system's, and used again when it is back", async () => {
    const { fake, media } = setUp();
    fake.plugIn('audiooutput', 'desk');
    await media.start({ ...both, chosen: { ...nothingChosen, speakerId: 'desk' } });
    expect(media.chosen.speakerId).toBe('desk');
    fake.unplug('desk');
    await settle();
    expect(media.chosen.speakerId).toBe('');
    expect(media.substitutes).toEqual({ speaker: '' });
    fake.plugIn('audiooutput', 'desk');
    await settle();
    expect(media.chosen.speakerId).toBe('desk');
    expect(media.substitutes).toEqual({});
  });
});
