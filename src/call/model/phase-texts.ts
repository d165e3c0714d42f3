// The state of the call in words: for the one live region of the page and for the tab's title.
import { text } from '../../ui/texts/text.ts';
import { endReasonTexts } from './end-reason-texts.ts';
import type { CallPhase } from './person-model.ts';

/** What the live region says. Empty where the view's own heading is all there is to say. */
export function statusText(phase: CallPhase, name: string): string {
  switch (phase.phase) {
    case 'loading':
    case 'unavailable':
    case 'door':
    case 'before':
      return '';
    case 'incoming':
      return text('callIncoming', name);
    case 'dialing':
      return text('callCalling', name);
    case 'ringing':
      return text('callRinging');
    case 'connecting':
      return text('callConnecting');
    case 'connected':
      return text(phase.isBack ? 'callBackOnline' : 'callConnected');
    case 'reconnecting':
      return text('callReconnecting');
    case 'ended':
      return text('callEnded', text(endReasonTexts[phase.reason].short));
  }
}

/** What the tab is called. */
export function pageTitle(phase: CallPhase, name: string): string {
  switch (phase.phase) {
    case 'loading':
    case 'unavailable':
      return text('productName');
    case 'door':
      return text('doorOpen');
    case 'before':
      return text('callPerson', name);
    case 'incoming':
      return text('callIncoming', name);
    case 'dialing':
    case 'ringing':
      return text('callCalling', name);
    case 'connecting':
    case 'connected':
    case 'reconnecting':
      return text('callWith', name);
    case 'ended':
      return text('callEnded', text(endReasonTexts[phase.reason].short));
  }
}
