// A call page that nobody was called from: an open door, at which guests ask to be let in. Loaded where a door is asked for.
import { effect, untracked } from '@preact/signals';
import { linkOnPage } from '../../core/network/own-servers.ts';
import { callActions } from '../group/group-actions.ts';
import { type Door, emptyDoorModel } from '../model/door-model.ts';
import type { CallActions } from '../model/person-model.ts';
import type { CallWorld } from './call-world.ts';
import { GuestDoor } from './guest-door.ts';
import type { OpenedCall } from './open-call.ts';
import { type OpenCallParts, pageCall } from './page-call.ts';

export interface OpenedDoor extends Pick<OpenedCall, 'group' | 'actions' | 'own' | 'otherCalls' | 'shownGroup'> {
  readonly door: Door;
}

/** Of a call that is with nobody. */
export const nobody: CallActions = {
  makeReady: () => undefined,
  startCall: () => undefined,
  cancelCall: () => undefined,
  answer: () => undefined,
  decline: () => undefined,
  insistOnPicture: () => undefined,
  wordsMatch: () => undefined,
  wordsDiffer: () => undefined,
  leave: () => undefined,
  callAgain: () => undefined,
};

/** @param id of a door for later; undefined for a new one. @returns why there can be no door, or everything for one that is shut yet. */
export async function openDoor(
  world: CallWorld,
  parts: OpenCallParts,
  id?: string,
): Promise<OpenedDoor | { readonly why: 'no-identity' }> {
  const [own, settings, kept] = await Promise.all([
    world.own(),
    world.settings.read(),
    id === undefined ? undefined : world.doors?.get(id),
  ]);
  if (!own) return { why: 'no-identity' };
  const model = emptyDoorModel();
  model.kept.value = kept;
  // It was closed, or its time is over.
  if (id !== undefined && !kept) model.state.value = 'closed';
  const call = await pageCall({
    ...parts,
    world,
    self: own,
    settings,
    together: [],
    isGuest: false,
    isDoorOpen: () => model.state.peek() === 'open',
  });
  const { group, devices, hold, otherCalls, shownGroup, lookAtKnocks } = call;
  const door = new GuestDoor({
    world,
    own,
    model,
    hold,
    openDevices: () => devices.wish('video'),
    end: ({ id: ended }) => void world.doors?.end(ended).catch((error: unknown) => world.logger.fault('door', error)),
    onClosed: () => {
      if (!group.isRunning) devices.stop();
    },
    fault: (what, error) => world.logger.fault(what, error),
  });
  // Whoever is asked for a guest link in the call that came of it gives this one: there is one door.
  effect(() => {
    const invitation = model.state.value === 'open' ? model.invitation.value : undefined;
    shownGroup.model.guestLink.value = invitation && linkOnPage(invitation.link, invitation.page);
  });
  // Whoever waits at a door for later knocked before this page was there.
  effect(() => {
    if (model.state.value === 'open') untracked(lookAtKnocks);
  });
  world.watch?.('relayStates', (states) => {
    model.relaysUp.value = states?.some(({ phase }) => phase === 'up') ?? false;
  });
  parts.model.phase.value = { phase: 'door' };
  // When the last one has left, the page waits for more.
  effect(() => {
    const { phase } = group.shown.value.phase.value;
    if (phase === 'ended' && model.state.value === 'open' && group.isOver) group.shown.value = parts.model;
  });
  const inCall = callActions(group, nobody);
  const close = (then: () => void) => () => {
    door.leave();
    then();
  };
  return {
    group,
    own: { model: parts.own, actions: devices },
    otherCalls,
    actions: { ...inCall, leave: close(inCall.leave), cancelCall: close(inCall.cancelCall) },
    shownGroup: { ...shownGroup, door: { model, actions: door } },
    door: { model, actions: door },
  };
}
