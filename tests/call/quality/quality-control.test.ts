// What one link lets out, alone and in a group.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyOwnModel } from '../../../src/call/model/own-model.ts';
import { emptyPersonModel } from '../../../src/call/model/person-model.ts';
import { QualityControl } from '../../../src/call/quality/quality-control.ts';
import { hiddenSize, type PicturePart, type ShownSize } from '../../../src/core/media/shown-size.ts';
import type { UploadShare } from '../../../src/core/media/upload-budget.ts';
import { FakeSending } from '../../support/doubles/fake-sending.ts';

const share: UploadShare = {
  soundBitsPerSecond: 24_000,
  showsPicture: true,
  pictureBitsPerSecond: 200_000,
  lines: 240,
  framesPerSecond: 20,
  screen: { isSent: true, bitsPerSecond: 300_000, framesPerSecond: 5, scale: 1.5 },
  codec: 'H264',
};

beforeEach(() => {
  vi.useFakeTimers();
  // A page asks whether it is painted; Node has none.
  vi.stubGlobal('document', { hidden: false });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function linkThatIsUp() {
  const control = new QualityControl(emptyPersonModel(), emptyOwnModel());
  const connection = new FakeSending();
  control.follow(connection);
  connection.connect();
  await vi.advanceTimersByTimeAsync(2_000);
  return { control, connection };
}

const settled = () => vi.advanceTimersByTimeAsync(10);

describe('in a group, a link', () => {
  it('lets out its share, and everything again in a call of two', async () => {
    const { control, connection } = await linkThatIsUp();
    const alone = [connection.picture.encoding, connection.sound.encoding];
    control.allow(share);
    await settled();
    expect(connection.picture.encoding).toMatchObject({
      active: true,
      maxBitrate: 200_000,
      scaleResolutionDownBy: 3,
      maxFramerate: 20,
      codec: { mimeType: 'video/H264' },
    });
    expect(connection.sound.encoding).toMatchObject({ active: true, maxBitrate: 24_000 });
    control.allow(undefined);
    await settled();
    expect([connection.picture.encoding, connection.sound.encoding]).toEqual(alone);
  });

  it('sends no frames to who does not look, and goes on with the sound', async () => {
    const { control, connection } = await linkThatIsUp();
    control.allow({ ...share, showsPicture: false, pictureBitsPerSecond: 0 });
    await settled();
    expect(connection.picture.encoding?.active).toBe(false);
    expect(connection.sound.encoding?.active).toBe(true);
  });

  it('holds a screen to its share, and lets it out again in a call of two; one that was never in a group is left alone', async () => {
    const { control, connection } = await linkThatIsUp();
    expect(connection.screen.encoding).toEqual({ active: true });
    control.allow(share);
    await settled();
    expect(connection.screen.encoding).toMatchObject({
      active: true,
      maxBitrate: 300_000,
      maxFramerate: 5,
      scaleResolutionDownBy: 1.5,
    });
    control.allow(undefined);
    await settled();
    expect(connection.screen.encoding).toMatchObject({
      active: true,
      maxBitrate: 2_500_000,
      maxFramerate: 30,
      scaleResolutionDownBy: 1,
    });
  });

  it('sends no frames of a screen to who does not look at it', async () => {
    const { control, connection } = await linkThatIsUp();
    control.allow({ ...share, screen: { isSent: false, bitsPerSecond: 0, framesPerSecond: 5, scale: 1 } });
    await settled();
    expect(connection.screen.encoding?.active).toBe(false);
    expect(connection.picture.encoding?.active).toBe(true);
  });

  it('tells whoever divides what the other side shows', async () => {
    const { control } = await linkThatIsUp();
    const onChange = vi.fn();
    control.watch({ onChange, onSample: () => undefined });
    control.sizes.hear('person', hiddenSize);
    expect(onChange).toHaveBeenCalledOnce();
    expect([control.remoteView('person'), control.source('person')]).toEqual([
      hiddenSize,
      { width: 1280, height: 720 },
    ]);
    expect(control.remoteView('screen')).toBeUndefined();
  });

  it('says how large the other side is shown, and says it again to a new connection', async () => {
    const { control } = await linkThatIsUp();
    const said: [part: PicturePart, size: ShownSize][] = [];
    control.sizes.onTell((part, size) => said.push([part, size]) > 0);
    const both = [
      ['person', { width: 640, height: 360 }],
      ['screen', { width: 1280, height: 720 }],
    ] as const;
    for (const [part, size] of both) control.sizes.showsAt(part, size);
    control.sizes.again();
    expect(said).toEqual([...both, ...both]);
  });
});
