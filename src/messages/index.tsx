// CONTEXT messages: what was left when a call was not answered, to be played, sent and deleted, and where one is recorded. The composition root; no
// logic of its own. ?to=CONTACT&call=CALL&at=MS&media=video records one; ?draft=M goes on with what was recorded; #M plays one.
import '../platform/own-scripts.ts';
import { render } from 'preact';
import browser from 'webextension-polyfill';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { onStoreChanged, openDatabase } from '../platform/store/database.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { speak, takeTextsFrom, text } from '../ui/texts/text.ts';
import { MessagesModel } from './kept/messages-model.ts';
import { lateRecorder } from './late-recorder.ts';
import { MessagesPage } from './messages-page.tsx';

const root = document.getElementById('root');
takeTextsFrom(browserTexts);
wearAppearance();
speak(document.documentElement);
document.title = text('messagesTitle');

const query = new URLSearchParams(location.search);
const asked = query.has('to') || query.has('draft') ? Object.fromEntries(query) : undefined;
if (asked) void lateRecorder.load();

/** Without what it was asked for, so that loading it anew begins nothing. */
const toList = (): void => location.assign(location.pathname);
const close = (): void =>
  void browser.tabs.getCurrent().then((tab) => (tab?.id === undefined ? undefined : browser.tabs.remove(tab.id)));

async function start(): Promise<void> {
  const model = new MessagesModel(await openDatabase());
  onStoreChanged((store) => {
    if (store === 'messages' || store === 'contacts') void model.read();
  });
  await model.read();
  if (root) render(<MessagesPage model={model} asked={asked} toList={toList} close={close} />, root);
  const wanted = location.hash.slice(1);
  if (wanted !== '') await model.play(wanted);
}

start().catch(() => {
  if (root) render(<p class="problem">{text('messagesCannotRead')}</p>, root);
});
