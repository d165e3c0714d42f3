// One state of the call page, as `?state=NAME` asks. What a person does there is written to the console and changes nothing.
import { render } from 'preact';
import { CallPage } from '../call/call-page.tsx';
import type { ChatActions } from '../call/chat/chat-model.ts';
import * as lateViews from '../call/late-views.tsx';
import type { GroupActions } from '../call/model/group-model.ts';
import type { OtherCallsActions } from '../call/model/other-calls.ts';
import type { OwnActions } from '../call/model/own-model.ts';
import type { CallActions, PageActions } from '../call/model/person-model.ts';
import { emptyScene } from './call-scene.ts';
import { callStates } from './call-states.ts';
import { wantedState } from './wanted-state.ts';

/** Takes every action. The chat opens and closes, since that is the view's own affair. */
const idle = new Proxy({}, { get: () => () => undefined }) as CallActions &
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

if (root)
  render(
    <CallPage
      model={scene.model}
      page={idle}
      own={{ model: scene.own, actions: idle }}
      actions={idle}
      chat={{ model: scene.chat, actions: chatActions }}
      group={{ model: scene.group, actions: idle }}
      others={{ model: scene.others, actions: idle }}
      late={lateViews}
    />,
    root,
  );
