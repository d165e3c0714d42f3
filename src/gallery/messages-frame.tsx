// One state of the page of messages, as `?state=NAME` asks.
import { render } from 'preact';
import { MessagesModel } from '../messages/kept/messages-model.ts';
import { MessagesPage } from '../messages/messages-page.tsx';
import { Recorder } from '../messages/record/recorder.ts';
import { RecorderView } from '../messages/record/recorder-view.tsx';
import { openDatabase } from '../platform/store/database.ts';
import { contact } from './fixtures/people.ts';
import { messagesStates, openCamera, shownCamera } from './messages-states.ts';
import { wantedState } from './wanted-state.ts';

const root = document.getElementById('root');
const wanted = wantedState(messagesStates);

async function show(): Promise<void> {
  if (!root || !wanted) return;
  const model = new MessagesModel(await openDatabase());
  const { fill, recorder: wish } = wanted;
  fill?.(model);
  const nothing = () => undefined;
  if (!wish) {
    render(<MessagesPage model={model} asked={undefined} toList={nothing} close={nothing} />, root);
    return;
  }
  await openCamera();
  const subject = { contactId: contact(1).id, callId: '', at: 0, media: 'video' } as const;
  const choice = () => Promise.reject(new Error('no devices here'));
  const recorder = new Recorder({ subject, store: model.store, ownId: async () => '', choice });
  recorder.kind = wish.kind ?? 'video';
  recorder.state.value = wish.state;
  recorder.isVeiled.value = wish.isVeiled ?? false;
  recorder.preview.value = shownCamera.value;
  render(
    <main class="messages">
      <RecorderView recorder={recorder} contact={contact(1)} toList={nothing} close={nothing} />
    </main>,
    root,
  );
}

void show();
