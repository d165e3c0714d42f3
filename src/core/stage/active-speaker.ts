// Who has the large place because they speak. Calm: somebody must speak for a while and the last speaker be silent before it changes, and
// it never changes twice in quick succession. Pure; time comes in with the events.

const speakingMs = 600;
const calmMs = 2_000;

export interface SpeakerState {
  readonly speaker: string | undefined;
  /** When the place was last given away. */
  readonly changedMs: number;
  /** Who speaks now, and since when. */
  readonly speaking: ReadonlyMap<string, number>;
}

export type SpeakerEvent =
  | { readonly event: 'speaks'; readonly id: string; readonly atMs: number }
  | { readonly event: 'falls-silent'; readonly id: string; readonly atMs: number }
  /** Left, or is no longer to be shown. */
  | { readonly event: 'gone'; readonly id: string; readonly atMs: number }
  /** Nothing happened but time, see `nextLookMs`. */
  | { readonly event: 'time'; readonly atMs: number };

export const nobodySpoke: SpeakerState = {
  speaker: undefined,
  changedMs: Number.NEGATIVE_INFINITY,
  speaking: new Map(),
};

export function stepSpeaker(state: SpeakerState, event: SpeakerEvent): SpeakerState {
  const speaking = new Map(state.speaking);
  if (event.event === 'speaks' && !speaking.has(event.id)) speaking.set(event.id, event.atMs);
  if (event.event === 'falls-silent' || event.event === 'gone') speaking.delete(event.id);
  const isGone = event.event === 'gone' && event.id === state.speaker;
  return settle({ ...state, speaker: isGone ? undefined : state.speaker, speaking }, event.atMs);
}

/** When `time` is to be told if nothing else happens before; undefined when nothing would change by itself. */
export function nextLookMs(state: SpeakerState): number | undefined {
  const next = longestSpeaking(state);
  return next && Math.max(next.sinceMs + speakingMs, calmUntilMs(state));
}

function settle(state: SpeakerState, nowMs: number): SpeakerState {
  const next = longestSpeaking(state);
  if (!next || nowMs < next.sinceMs + speakingMs || nowMs < calmUntilMs(state)) return state;
  return { ...state, speaker: next.id, changedMs: nowMs };
}

/** An empty place waits for nobody. */
function calmUntilMs({ speaker, changedMs }: SpeakerState): number {
  return speaker === undefined ? Number.NEGATIVE_INFINITY : changedMs + calmMs;
}

/** Who would take the place: nobody while its holder speaks. */
function longestSpeaking({ speaker, speaking }: SpeakerState) {
  if (speaker !== undefined && speaking.has(speaker)) return undefined;
  let longest: { readonly id: string; readonly sinceMs: number } | undefined;
  for (const [id, sinceMs] of speaking) if (!longest || sinceMs < longest.sinceMs) longest = { id, sinceMs };
  return longest;
}
