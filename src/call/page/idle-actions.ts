// What the buttons of a call page do while there is no call: nothing, but for closing and the settings.
import browser from 'webextension-polyfill';
import type { CallActions } from '../model/call-model.ts';

const nothing = () => undefined;

export const idleActions: CallActions = {
  makeReady: nothing,
  startCall: nothing,
  cancelCall: nothing,
  answer: nothing,
  decline: nothing,
  toggleMicrophone: nothing,
  toggleCamera: nothing,
  toggleScreen: nothing,
  setScreenKind: nothing,
  chooseDevices: nothing,
  chooseQuality: nothing,
  insistOnPicture: nothing,
  wordsMatch: nothing,
  wordsDiffer: nothing,
  leave: nothing,
  callAgain: nothing,
  close: () => window.close(),
  openSettings: () => void browser.runtime.openOptionsPage(),
};
