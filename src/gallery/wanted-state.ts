// What the address of a frame asks for: `?state=NAME`, and `&dir=rtl` for a page that runs from right to left. Time stands still there, and the
// texts are the English ones, without a browser that reads them for an extension.
import messages from '../../public/_locales/en/messages.json' with { type: 'json' };
import { textsOf } from '../ui/texts/message-file.ts';
import { speak, takeTextsFrom } from '../ui/texts/text.ts';
import { galleryNow } from './fixtures/people.ts';

Date.now = () => galleryNow;
takeTextsFrom(textsOf(messages, navigator.languages));
speak(document.documentElement);

const query = new URLSearchParams(location.search);

/** The name of the state. */
export const wantedName = query.get('state') ?? '';

/** The state that the address names; undefined for one that is not there, which the page then says. */
export function wantedState<State>(states: Readonly<Record<string, State>>): State | undefined {
  const name = wantedName;
  if (query.get('dir') === 'rtl') document.documentElement.dir = 'rtl';
  const state = Object.hasOwn(states, name) ? states[name] : undefined;
  if (state === undefined) document.body.textContent = `There is no state "${name}".`;
  return state;
}
