// What the views of a group ask for: passed on to the group session, the stores, and what is only a matter of this screen.

import type { Settings } from '../../core/data/settings.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { GroupActions, GroupModel, ShownSize } from '../model/group-model.ts';
import type { CallActions } from '../model/person-model.ts';
import type { GroupSession } from './group-session.ts';

export interface GroupActionParts {
  readonly model: GroupModel;
  readonly group: GroupSession;
  readonly contacts: { all(): Promise<readonly Contact[]> };
  readonly settings: { change(change: Pick<Settings, 'groupView'>): Promise<void> };
  readonly fault: (what: string, error: unknown) => void;
}

export function groupActions(
  parts: GroupActionParts,
): Omit<GroupActions, 'admit' | 'refuse' | 'makeGuestLink' | 'answerRoom'> {
  const { model, group, contacts, settings, fault } = parts;
  const participant = (id: string) => model.participants.value.find((one) => one.id === id);
  const refresh = (): void => {
    const seated = new Set(model.participants.value.map(({ id }) => id));
    contacts.all().then(
      (all) => {
        model.invitable.value = all.flatMap(({ id, name, blocked }) =>
          blocked || seated.has(id) ? [] : [{ id, name }],
        );
      },
      (error: unknown) => fault('contacts', error),
    );
  };
  model.participants.subscribe(refresh);
  return {
    addPerson: (id) => void group.invitations.addPerson(id).catch((error: unknown) => fault('add person', error)),
    dismiss: (id) => group.invitations.dismiss(id),
    raiseHand: (isRaised) => group.raiseHand(isRaised),
    react: (emoji) => group.react(emoji),
    setVolume: (id, volume) => {
      const one = participant(id);
      if (one) one.volume.value = Math.min(1, Math.max(0, volume));
    },
    muteHere: (id, isMuted) => {
      const one = participant(id);
      if (one) one.isMutedHere.value = isMuted;
    },
    letIn: (id) => group.admission.newcomers.letIn(id),
    letAllIn: () => group.admission.newcomers.letAllIn(),
    keepOut: (id) => group.admission.newcomers.keepOut(id),
    lock: (isLocked) => group.lock(isLocked),
    addToContacts: (id) => group.seatOf(id)?.call.cards.addToContacts(),
    wordsMatch: (id) => group.seatOf(id)?.call.session.wordsMatch(),
    wordsDiffer: (id) => group.seatOf(id)?.call.session.wordsDiffer(),
    shownAt: (part, id, size: ShownSize) => group.shownAt(part, id, size),
    keepStage: (choice) => {
      const before = model.stage.peek();
      if (JSON.stringify({ ...before, ...choice }) === JSON.stringify(before)) return;
      model.stage.value = choice;
      settings.change({ groupView: choice }).catch((error: unknown) => fault('keep the view', error));
    },
  };
}

/** The buttons of a page with a call: those of the call that it shows, but leaving leaves the whole call. @param first before anybody has a seat. */
export function callActions(group: GroupSession, first: CallActions): CallActions {
  const shown = (): CallActions => group.shownCall?.session ?? first;
  return {
    makeReady: () => group.invitations.makeReady(),
    startCall: (media) => group.invitations.startCall(media),
    cancelCall: () => group.invitations.cancelCall(),
    insistOnPicture: () => group.insistOnPicture(),
    leave: () => group.leave(),
    answer: (media) => shown().answer(media),
    decline: () => shown().decline(),
    wordsMatch: () => shown().wordsMatch(),
    wordsDiffer: () => shown().wordsDiffer(),
    callAgain: () => shown().callAgain(),
  };
}
