// The buttons of a call page where it shows a call with one person: they are that call's own, but leaving leaves the whole call.

import type { CallMedia } from '../../core/identity/contact.ts';
import type { CallQuality } from '../../core/media/call-quality.ts';
import type { GroupSession } from '../group/group-session.ts';
import type { CallActions, ChosenDevices } from '../model/call-model.ts';

/** @param first the call that the page was opened for, for the time before anybody has a seat. */
export function pageActions(group: GroupSession, first: CallActions): CallActions {
  const call = (): CallActions => group.shownCall?.session ?? first;
  return {
    makeReady: () => group.invitations.makeReady(),
    startCall: (media: CallMedia) => group.invitations.startCall(media),
    cancelCall: () => group.invitations.cancelCall(),
    answer: (media: CallMedia) => call().answer(media),
    decline: () => call().decline(),
    toggleMicrophone: () => call().toggleMicrophone(),
    toggleCamera: () => call().toggleCamera(),
    toggleScreen: () => call().toggleScreen(),
    setScreenKind: (kind) => call().setScreenKind(kind),
    chooseDevices: (chosen: Partial<ChosenDevices>) => call().chooseDevices(chosen),
    chooseQuality: (quality: CallQuality) => call().chooseQuality(quality),
    insistOnPicture: () => group.insistOnPicture(),
    wordsMatch: () => call().wordsMatch(),
    wordsDiffer: () => call().wordsDiffer(),
    leave: () => group.leave(),
    callAgain: () => call().callAgain(),
    close: () => call().close(),
    openSettings: (part) => call().openSettings(part),
  };
}
