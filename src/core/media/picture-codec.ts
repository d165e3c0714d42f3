// Which of the agreed video codecs carries the own picture now (docs/decisions/0014). A call begins with VP8, which every browser has and
// which starts quickly. VP9 looks much better for a quarter more work: it takes over once the computer has shown that it has room.
// H.264 costs the least: it comes when the computer is short. Time comes in with the event.
import type { Load } from './picture-steps.ts';

const roomMs = 6_000;

export interface CodecState {
  /** Undefined: the first one that both sides agreed on. */
  readonly codec: 'VP9' | 'H264' | undefined;
  readonly roomSinceMs: number | undefined;
  /** The computer was short once: it is not tried with VP9 again. */
  readonly wasShort: boolean;
}

export const freshCodec: CodecState = { codec: undefined, roomSinceMs: undefined, wasShort: false };

/** @param step of core/media/picture-steps.ts: above 0 the computer is short. */
export function stepCodec(state: CodecState, atMs: number, load: Load, step: number): CodecState {
  if (step > 0) return { codec: 'H264', roomSinceMs: undefined, wasShort: true };
  if (state.wasShort || state.codec === 'VP9') return state.codec === 'H264' ? { ...state, codec: undefined } : state;
  const roomSinceMs = load === 'idle' ? (state.roomSinceMs ?? atMs) : undefined;
  const hasRoom = roomSinceMs !== undefined && atMs - roomSinceMs >= roomMs;
  return { ...state, codec: hasRoom ? 'VP9' : undefined, roomSinceMs };
}
