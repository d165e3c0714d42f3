// What is heard of several calls of one page: one ringback for all, an ending only at the end.
import { type Signal, signal } from '@preact/signals';
import { describe, expect, test } from 'vitest';
import type { CallPhase } from '../../../src/call/model/person-model.ts';
import { PageTones } from '../../../src/call/page/page-tones.ts';

class HearingPlayer {
  playing: string | undefined;
  readonly heard: string[] = [];

  play(tone: string): void {
    this.playing = tone;
    this.heard.push(tone);
  }

  stop(): void {
    this.playing = undefined;
  }
}

/** A call that says where it stands before it is heard, as the session does; at its end it is heard first. */
class SoundingCall {
  readonly phase: Signal<CallPhase> = signal<CallPhase>({ phase: 'dialing' });
  readonly tones: ReturnType<PageTones['of']>;

  constructor(page: PageTones) {
    this.tones = page.of(this.phase);
  }

  ring(): void {
    this.phase.value = { phase: 'ringing' };
    this.tones.play('ringback', { loop: true });
  }

  accepted(): void {
    this.tones.stop();
    this.phase.value = { phase: 'connecting' };
  }

  connect(): void {
    this.phase.value = { phase: 'connected', sinceMs: 0, isBack: false };
    this.tones.play('connected');
  }

  end(reason: 'declined' | 'hung-up'): void {
    this.tones.play(reason === 'declined' ? 'declined' : 'ended');
    this.phase.value = { phase: 'ended', reason, durationMs: 0 };
  }
}

function setUp(count: number) {
  const player = new HearingPlayer();
  const page = new PageTones(player);
  const calls = Array.from({ length: count }, () => new SoundingCall(page));
  return { player, calls: calls as [SoundingCall, SoundingCall, SoundingCall] };
}

describe('one call', () => {
  test('rings, connects and ends with its sounds', () => {
    const { player, calls } = setUp(1);
    calls[0].ring();
    calls[0].accepted();
    expect(player.playing).toBeUndefined();
    calls[0].connect();
    calls[0].end('hung-up');
    expect(player.heard).toEqual(['ringback', 'connected', 'ended']);
  });
});

describe('several calls', () => {
  test('ring once, and on while one declines', () => {
    const { player, calls } = setUp(3);
    for (const call of calls) call.ring();
    calls[0].end('declined');
    expect(player.heard).toEqual(['ringback']);
    expect(player.playing).toBe('ringback');
  });

  test('are silent once the last that rang has declined, while another is still looked for', () => {
    const { player, calls } = setUp(2);
    calls[0].ring();
    calls[0].end('declined');
    expect(player.playing).toBeUndefined();
    calls[1].ring();
    expect(player.playing).toBe('ringback');
    calls[1].end('declined');
    expect(player.heard).toEqual(['ringback', 'ringback', 'declined']);
  });

  test('no longer ring when one is accepted, but again if that comes to nothing', () => {
    const { player, calls } = setUp(2);
    for (const call of calls) call.ring();
    calls[0].accepted();
    expect(player.playing).toBeUndefined();
    calls[0].end('hung-up');
    expect(player.playing).toBe('ringback');
  });

  test('one leaves while another goes on: that is no end', () => {
    const { player, calls } = setUp(2);
    for (const call of calls) call.connect();
    calls[0].end('hung-up');
    expect(player.heard).toEqual([]);
    calls[1].end('hung-up');
    expect(player.heard.at(-1)).toBe('ended');
  });
});
