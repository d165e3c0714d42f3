// Our description and our candidates on their way out: in company, but not for long.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WireCandidate } from '../../../src/core/signaling/link-message.ts';
import { CandidateBatch } from '../../../src/link/proven/candidate-batch.ts';

const sdp = 'v=0\r\na=ice-ufrag:abcd\r\n';
const candidate = (host: number): WireCandidate => ({
  c: `candidate:1 1 udp 1 192.0.2.${host} 9 typ host`,
  m: '0',
  i: 0,
});

let said: string[];
let batch: CandidateBatch;

beforeEach(() => {
  vi.useFakeTimers();
  said = [];
  batch = new CandidateBatch({
    description: (_sdp, candidates) => said.push(`description with ${candidates.length}`),
    candidates: (fragment, candidates) => said.push(`${candidates.length} of ${fragment}`),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

test('a description waits a moment for its first candidate, and that one for its neighbours', () => {
  batch.describe(sdp);
  vi.advanceTimersByTime(10);
  batch.found('abcd', candidate(1));
  batch.found('abcd', candidate(2));
  expect(said).toEqual([]);
  vi.advanceTimersByTime(4);
  expect(said).toEqual(['description with 2']);
  batch.found('abcd', candidate(3));
  vi.advanceTimersByTime(100);
  expect(said).toEqual(['description with 2', '1 of abcd']);
});

test('it goes out alone when none comes', () => {
  batch.describe(sdp);
  vi.advanceTimersByTime(24);
  expect(said).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['description with 0']);
});

test('where only a TURN server can give one, it waits as long as it is told, and goes out with the first', () => {
  batch.describe(sdp, 3_000);
  vi.advanceTimersByTime(2_500);
  expect(said).toEqual([]);
  batch.found('abcd', candidate(1));
  vi.advanceTimersByTime(4);
  expect(said).toEqual(['description with 1']);
});

test('the longer wait is over when the browser has gathered all, and after its time', () => {
  batch.describe(sdp, 3_000);
  batch.flush();
  batch.describe(sdp, 3_000);
  vi.advanceTimersByTime(2_999);
  expect(said).toEqual(['description with 0']);
  vi.advanceTimersByTime(1);
  expect(said).toEqual(['description with 0', 'description with 0']);
});
