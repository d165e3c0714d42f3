// One state of the call page, as `?state=NAME` asks. What a person does there is written to the console and changes nothing.
import { render } from 'preact';
import { CallPage } from '../call/call-page.tsx';
import type { ChatActions } from '../call/chat/chat-model.ts';
import * as lateViews from '../call/late-views.tsx';
import type { DoorActions } from '../call/model/door-model.ts';
import type { GroupActions } from '../call/model/group-model.ts';
import type { OtherCallsActions } from '../call/model/other-calls.ts';
import type { OwnActions } from '../call/model/own-model.ts';
import type { CallActions, PageActions } from '../call/model/person-model.ts';
import { emptyScene } from './call-scene.ts';
import { callStates } from './call-states.ts';
import { press } from './press.ts';
import { callClicks } from './stage-states.ts';
import { wantedName, wantedState } from './wanted-state.ts';

/** Takes every action. The chat opens and closes, since that is the view's own affair. */
const idle = new Proxy({}, { get: () => () => undefined }) as CallActions &
  DoorActions &
  GroupActions &
  OtherCallsActions &
  OwnActions &
  PageActions;

const root = document.getElementById('root');
const scene = emptyScene();
wantedState(callStates)?.(scene);
const openChat = (isOpen: boolean) => {
  scene.chat.isOpen.value = isOpen;
};
const chatActions = new Proxy(
  { open: openChat },
  { get: (actions, name) => (name === 'open' ? actions.open : () => undefined) },
) as ChatActions;

/** What a person clicks once it is shown, by the words on it: menus and dialogs that a state is about. */
async function clickAll(names: readonly string[]): Promise<void> {
  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  for (const name of names) {
    await painted();
    press(name);
  }
}

if (root) {
  render(
    <CallPage
      model={scene.model}
      page={idle}
      own={{ model: scene.own, actions: idle }}
      actions={idle}
      chat={{ model: scene.chat, actions: chatActions }}
      group={{ model: scene.group, actions: idle, door: { model: scene.door, actions: idle } }}
      others={{ model: scene.others, actions: idle }}
      late={lateViews}
    />,
    root,
  );
  void clickAll(callClicks[wantedName] ?? []);
}
