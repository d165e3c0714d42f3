// Which receivers are asked when something came last, and what they tell.
import { describe, expect, test } from 'vitest';
import { LastHeard } from '../../../src/link/connection/last-heard.ts';

function receiver(...timestamps: number[]) {
  return {
    timestamps,
    asked: 0,
    getSynchronizationSources() {
      this.asked += 1;
      return this.timestamps.map((timestamp) => ({ timestamp, source: 1, rtpTimestamp: 0 }));
    },
  };
}

describe('when something came last', () => {
  test('is nothing before the first sound', () => {
    expect(new LastHeard().look([receiver(), receiver()])).toBe(0);
  });

  test('is the newest of one that has news; the others need not be asked', () => {
    const [sound, picture] = [receiver(), receiver(20, 50, 40)];
    const last = new LastHeard();
    expect(last.look([sound, picture])).toBe(50);
    picture.timestamps.push(80);
    expect([last.look([sound, picture]), sound.asked]).toEqual([80, 1]);
  });

  test('comes from another one when the first has no news, and never goes back', () => {
    const [sound, picture] = [receiver(100), receiver(30)];
    const last = new LastHeard();
    last.look([sound, picture]);
    picture.timestamps.push(200);
    expect(last.look([sound, picture])).toBe(200);
    picture.timestamps = [];
    expect(last.look([sound, picture])).toBe(200);
  });

  test('asks nobody who is not there any more', () => {
    const [gone, here] = [receiver(10), receiver(20)];
    const last = new LastHeard();
    last.look([gone]);
    gone.asked = 0;
    expect([last.look([here]), gone.asked]).toEqual([20, 0]);
  });
});
