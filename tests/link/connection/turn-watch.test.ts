// Noticing that a connection which may use relay candidates only gets none.
import { expect, test } from 'vitest';
import { watchForTurn } from '../../../src/link/connection/turn-watch.ts';
import { ManualClock } from '../../support/doubles/manual-clock.ts';

class Gathering extends EventTarget {
  iceGatheringState: RTCIceGatheringState = 'new';
  signalingState: RTCSignalingState = 'stable';

  become(state: RTCIceGatheringState): void {
    this.iceGatheringState = state;
    this.dispatchEvent(new Event('icegatheringstatechange'));
  }

  find(candidate: string): void {
    this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: { candidate } }));
  }
}

function watched() {
  const [gathering, clock] = [new Gathering(), new ManualClock()];
  let told = 0;
  const hasNone = watchForTurn(gathering as unknown as RTCPeerConnection, clock, () => {
    told += 1;
  });
  return { gathering, clock, told: () => told, hasNone };
}

test('a gathering that ends with nothing is told once', async () => {
  const { gathering, clock, told } = watched();
  gathering.become('gathering');
  gathering.find('');
  gathering.become('complete');
  expect(told()).toBe(1);
  await clock.advance(60_000);
  gathering.become('complete');
  expect(told()).toBe(1);
});

test('a gathering that goes on for 10 s with nothing is told', async () => {
  const { gathering, clock, told } = watched();
  await clock.advance(60_000);
  gathering.become('gathering');
  await clock.advance(9_999);
  expect(told()).toBe(0);
  await clock.advance(1);
  expect(told()).toBe(1);
});

test('one candidate is enough, and what a later gathering brings does not matter', async () => {
  const { gathering, clock, told } = watched();
  gathering.become('gathering');
  gathering.find('candidate:1 1 udp 1 198.51.100.1 9 typ relay raddr 0.0.0.0 rport 0');
  gathering.become('complete');
  gathering.become('gathering');
  gathering.become('complete');
  await clock.advance(60_000);
  expect(told()).toBe(0);
});

test('a connection that was closed meanwhile tells nothing', async () => {
  const { gathering, clock, told } = watched();
  gathering.become('gathering');
  gathering.signalingState = 'closed';
  await clock.advance(60_000);
  expect(told()).toBe(0);
});

test('says before that whether there is one', () => {
  const { gathering, hasNone } = watched();
  gathering.become('gathering');
  expect(hasNone()).toBe(true);
  gathering.find('');
  expect(hasNone()).toBe(true);
  gathering.find('candidate:1 1 udp 1 198.51.100.1 9 typ relay raddr 0.0.0.0 rport 0');
  expect(hasNone()).toBe(false);
});
