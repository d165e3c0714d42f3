// The own screen before and while it is shown: chosen, not chosen after all, ended by the browser's own button.
import { expect, test } from 'vitest';
import { ScreenShare } from '../../../src/call/devices/screen-share.ts';

class FakeTrack extends EventTarget {
  contentHint = '';
  isLive = true;

  stop(): void {
    this.isLive = false;
  }
}

function setUp() {
  const track = new FakeTrack();
  const stream = { getTracks: () => [track], getVideoTracks: () => [track], getAudioTracks: () => [] };
  let answer: (stream: MediaStream) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const states: string[] = [];
  const share: ScreenShare = new ScreenShare(
    { onChange: () => states.push(share.state) },
    () =>
      new Promise((resolve, reject) => {
        answer = resolve;
        refuse = reject;
      }),
  );
  return {
    share,
    track,
    states,
    choose: () => answer(stream as unknown as MediaStream),
    refuse: (e: unknown) => refuse(e),
  };
}

test('a chosen screen is on, with the hint for what it shows', async () => {
  const { share, track, choose } = setUp();
  share.setKind('motion');
  const starting = share.start();
  choose();
  await starting;
  expect([share.state, track.contentHint]).toEqual(['on', 'motion']);
  expect(share.stream).toBeDefined();
});

test('closing the browser’s question leaves everything as it was', async () => {
  const { share, refuse, states } = setUp();
  const starting = share.start();
  refuse(new DOMException('closed', 'NotAllowedError'));
  await starting;
  expect(states).toEqual(['starting', 'off']);
  expect(share.stream).toBeUndefined();
});

test('a system that gives no screen is told from a person who chose none', async () => {
  const { share, refuse } = setUp();
  const starting = share.start();
  refuse(new DOMException('no', 'NotReadableError'));
  await starting;
  expect(share.state).toBe('failed');
});

test('the browser’s own button ends it, and it can be shown again', async () => {
  const { share, track, choose } = setUp();
  let starting = share.start();
  choose();
  await starting;
  track.dispatchEvent(new Event('ended'));
  expect([share.state, share.stream, track.isLive]).toEqual(['off', undefined, false]);
  starting = share.start();
  choose();
  await starting;
  expect(share.state).toBe('on');
});

test('a screen that was chosen after the call was over is let go', async () => {
  const { share, track, choose } = setUp();
  const starting = share.start();
  share.stop();
  choose();
  await starting;
  expect([share.state, track.isLive]).toEqual(['off', false]);
});
