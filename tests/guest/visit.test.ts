// One visit of a guest, with knocks that a test answers.
import { signal } from '@preact/signals';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CallPhase } from '../../src/call/model/person-model.ts';
import type { EndReason } from '../../src/core/call/end-reason.ts';
import { emptyVisitModel, type Invitation, type VisitModel } from '../../src/guest/model/visit-model.ts';
import { type Knock, Visit } from '../../src/guest/visit.ts';
import { ManualClock } from '../support/doubles/manual-clock.ts';

/** A knock whose other side is the test. */
class TestKnock implements Knock {
  readonly phase = signal<CallPhase>({ phase: 'before' });
  readonly relaysUp = signal(false);
  media: string | undefined;
  isEnded = false;

  start(media: 'audio' | 'video'): void {
    this.media = media;
    this.phase.value = { phase: 'dialing' };
  }

  end(): void {
    this.isEnded = true;
    if (this.phase.value.phase !== 'ended') this.is('cancelled');
  }

  is(reason: EndReason): void {
    this.phase.value = { phase: 'ended', reason, durationMs: 0 };
  }
}

let clock: ManualClock;
let model: VisitModel;
let knocks: TestKnock[];
let opened: string[];
let left: number;
let hasCamera: boolean;
let visit: Visit;

beforeEach(() => {
  clock = new ManualClock(1_800_000_000_000);
  model = emptyVisitModel();
  [knocks, opened, left, hasCamera] = [[], [], 0, true];
  visit = new Visit({
    model,
    clock,
    address: 'https://page.example/#ffc:1:x',
    openDevices: (media) => void opened.push(media),
    hasCamera: () => hasCamera,
    knock: async () => {
      const knock = new TestKnock();
      knocks.push(knock);
      return knock;
    },
    onShown: () => undefined,
    onLeft: () => {
      left += 1;
    },
    fault: (what, error) => {
      throw new Error(what, { cause: error });
    },
  });
});

const invited = (invitation: Partial<Invitation> = {}) => {
  model.invitation.value = { host: 'Alice', ...invitation };
  visit.begin();
};
const asked = async (invitation: Partial<Invitation> = {}) => {
  invited(invitation);
  visit.ask();
  await clock.advance(0);
};
const last = () => knocks.at(-1) ?? new TestKnock();

describe('visit: before asking', () => {
  test('nothing is opened or made by looking at the page', async () => {
    invited();
    await clock.advance(600_000);
    expect(model.phase.value).toEqual({ at: 'join' });
    expect([knocks.length, opened]).toEqual([0, []]);
  });

  test('a click opens the devices and asks nobody', async () => {
    invited();
    visit.makeReady();
    await clock.advance(60_000);
    expect([opened, knocks.length]).toEqual([['video'], 0]);
  });

  test('a door that opens later opens by itself', async () => {
    invited({ opensAt: clock.now() + 3_600_000 });
    expect(model.phase.value).toEqual({ at: 'early' });
    visit.ask();
    await clock.advance(3_599_999);
    expect(model.phase.value).toEqual({ at: 'early' });
    await clock.advance(1);
    expect(model.phase.value).toEqual({ at: 'join' });
  });

  // Seen to fail without the longest time of a timer.
  test('a door that opens in two months is waited for', async () => {
    invited({ opensAt: clock.now() + 60 * 86_400_000 });
    await clock.advance(59 * 86_400_000);
    expect(model.phase.value).toEqual({ at: 'early' });
    await clock.advance(86_400_000);
    expect(model.phase.value).toEqual({ at: 'join' });
  });

  test('a door whose time is over is closed', () => {
    invited({ closesAt: clock.now() });
    expect(model.phase.value).toEqual({ at: 'closed' });
  });
});

describe('visit: asking', () => {
  test('whether anybody knows is told apart', async () => {
    await asked();
    expect(model.phase.value).toEqual({ at: 'asking', isTold: false });
    last().phase.value = { phase: 'ringing' };
    expect(model.phase.value).toEqual({ at: 'asking', isTold: true });
  });

  test('the camera that was switched off before stays off', async () => {
    invited();
    visit.makeReady();
    hasCamera = false;
    visit.ask();
    await clock.advance(0);
    expect(last().media).toBe('audio');
  });

  // Seen to fail with #renew left out: the host who comes after two minutes finds nobody.
  test('goes on for as long as the page is open, one knock after the other and never none', async () => {
    await asked();
    for (let minute = 0; minute < 10; minute++) {
      await clock.advance(60_000);
      expect(knocks.filter(({ isEnded, phase }) => !isEnded && phase.value.phase === 'dialing').length).toBeGreaterThan(
        0,
      );
    }
    expect(knocks.length).toBeLessThanOrEqual(14);
    expect(model.phase.value).toEqual({ at: 'asking', isTold: false });
  });

  test('who is known stays known while the next knock is on its way, and is doubted when it is not answered', async () => {
    await asked();
    last().phase.value = { phase: 'ringing' };
    await clock.advance(50_000);
    expect(knocks).toHaveLength(2);
    expect(model.phase.value).toEqual({ at: 'asking', isTold: true });
    await clock.advance(20_000);
    expect(model.phase.value).toEqual({ at: 'asking', isTold: false });
  });

  test.each(['no-answer', 'unreachable'] as const)('a knock that came to nothing (%s) is no end', async (reason) => {
    await asked();
    last().is(reason);
    await clock.advance(0);
    expect(knocks).toHaveLength(2);
    expect(model.phase.value).toEqual({ at: 'asking', isTold: false });
  });

  test('ends with the invitation', async () => {
    await asked({ closesAt: clock.now() + 30_000 });
    await clock.advance(30_000);
    expect(model.phase.value).toEqual({ at: 'closed' });
    expect([last().isEnded, left]).toEqual([true, 1]);
  });

  test('can be stopped, and the knock is taken back', async () => {
    await asked();
    visit.stopAsking();
    expect(last().isEnded).toBe(true);
    expect(model.phase.value).toMatchObject({ at: 'over', over: { reason: 'cancelled' } });
    await clock.advance(120_000);
    expect(knocks).toHaveLength(1);
  });

  // Seen to fail with the knock before not looked at: it was taken back four seconds after the yes.
  test('a yes to the knock before, while the next one is on its way, lets in', async () => {
    await asked();
    await clock.advance(50_000);
    const [former, next] = knocks;
    if (former) former.phase.value = { phase: 'connecting' };
    expect(model.phase.value).toEqual({ at: 'call' });
    expect([former?.isEnded, next?.isEnded]).toEqual([false, true]);
    if (former) former.phase.value = { phase: 'connected', sinceMs: clock.now(), isBack: false };
    await clock.advance(300_000);
    expect([former?.isEnded, knocks.length, model.phase.value.at]).toEqual([false, 2, 'call']);
    former?.is('remote-hung-up');
    expect(model.phase.value).toMatchObject({ at: 'over', over: { reason: 'remote-hung-up' } });
  });

  // Seen to fail with the knock before left to its four seconds.
  test('once it is stopped no knock is out any more, the one before neither', async () => {
    await asked();
    await clock.advance(50_000);
    visit.stopAsking();
    expect(knocks.map(({ isEnded }) => isEnded)).toEqual([true, true]);
  });

  test('a knock that is ready only after one has stopped is never started', async () => {
    invited();
    visit.ask();
    visit.stopAsking();
    await clock.advance(0);
    expect(last()).toMatchObject({ media: undefined, isEnded: true });
  });
});

describe('visit: the call and its end', () => {
  test('once one is let in nothing is asked any more, also when the invitation ends', async () => {
    await asked({ closesAt: clock.now() + 90_000 });
    last().phase.value = { phase: 'connecting' };
    expect(model.phase.value).toEqual({ at: 'call' });
    last().phase.value = { phase: 'connected', sinceMs: clock.now(), isBack: false };
    await clock.advance(600_000);
    expect([knocks.length, last().isEnded]).toEqual([1, false]);
    expect(model.phase.value).toEqual({ at: 'call' });
  });

  test('the devices are let go when it is over', async () => {
    await asked();
    last().phase.value = { phase: 'connected', sinceMs: clock.now(), isBack: false };
    last().is('remote-hung-up');
    expect(model.phase.value).toMatchObject({ at: 'over', over: { reason: 'remote-hung-up', refusals: 0 } });
    expect([left, model.isReady.value]).toEqual([1, false]);
  });

  test('a refusal is counted, and one can ask once more', async () => {
    for (const refusals of [1, 2]) {
      await asked();
      last().is('declined');
      expect(model.phase.value).toMatchObject({ at: 'over', over: { reason: 'declined', refusals } });
      visit.again();
      expect(model.phase.value).toEqual({ at: 'join' });
    }
  });
});
