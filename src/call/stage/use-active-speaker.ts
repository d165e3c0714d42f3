// Listens to who speaks and gives the large place to them in calm turns (core/stage/active-speaker.ts).
import { effect, type ReadonlySignal, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { nextLookMs, nobodySpoke, stepSpeaker } from '../../core/stage/active-speaker.ts';
import type { GroupModel } from '../model/group-model.ts';

export function useActiveSpeaker({ participants }: GroupModel): ReadonlySignal<string | undefined> {
  const speaker = useSignal<string | undefined>(undefined);
  useEffect(() => {
    let state = nobodySpoke;
    let timer: ReturnType<typeof setTimeout>;
    const settle = () => {
      clearTimeout(timer);
      const atMs = performance.now();
      state = stepSpeaker(state, { event: 'time', atMs });
      speaker.value = state.speaker;
      const look = nextLookMs(state);
      if (look !== undefined) timer = setTimeout(settle, Math.max(0, look - atMs));
    };
    const stop = effect(() => {
      const atMs = performance.now();
      const here = participants.value.filter(({ presence }) => presence.value === 'in');
      for (const { id, model, isMutedHere } of here) {
        const speaks = model.remoteSpeaking.value && model.remoteMicrophoneOn.value && !isMutedHere.value;
        state = stepSpeaker(state, { event: speaks ? 'speaks' : 'falls-silent', id, atMs });
      }
      const known = [...state.speaking.keys(), ...(state.speaker === undefined ? [] : [state.speaker])];
      for (const id of known)
        if (!here.some((participant) => participant.id === id)) state = stepSpeaker(state, { event: 'gone', id, atMs });
      settle();
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [participants]);
  return speaker;
}
