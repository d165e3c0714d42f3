// CONTEXT recordings: what was recorded in this browser, to be watched, saved and deleted. The composition root; no logic of its own.
import '../platform/own-scripts.ts';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { watchView } from '../platform/extension/session-view.ts';
import { deleteSavedCopies } from '../platform/store/recording-store.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { speak, takeTextsFrom, text } from '../ui/texts/text.ts';
import { CopyWork } from './copy-work.ts';
import { editRecording } from './edit-work.ts';
import { Films, startFilmWorker } from './film/films.ts';
import { RecordingsModel } from './recordings-model.ts';
import { RecordingsPage } from './recordings-page.tsx';

const root = document.getElementById('root');
takeTextsFrom(browserTexts);
wearAppearance();
speak(document.documentElement);
document.title = text('recordingsTitle');

const isInCall = signal(false);
const films = new Films({ isInCall, startWorker: startFilmWorker });
// A call that goes on, or one on hold that goes on in a moment.
const calls = { heldCall: false, callsOnHold: false };
for (const key of ['heldCall', 'callsOnHold'] as const)
  watchView(key, (held) => {
    calls[key] = held !== undefined;
    isInCall.value = calls.heldCall || calls.callsOnHold;
  });
const model = new RecordingsModel({ work: new CopyWork(), films, edit: editRecording });
// From the end of a call that was a meeting of a room.
const [, putInto] = /^#put=([\w-]{43})$/.exec(location.hash) ?? [];
if (putInto !== undefined) model.putInto.value = putInto;
addEventListener('beforeunload', (event) => {
  if (films.isBusy) event.preventDefault();
});
void deleteSavedCopies().finally(() => model.read());
// A call in another tab may have begun or ended one.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void model.read();
});
if (root) render(<RecordingsPage model={model} />, root);
