// One state of the page of recordings, as `?state=NAME` asks: the page over a model that was filled for it.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { CopyWork } from '../recordings/copy-work.ts';
import { editRecording } from '../recordings/edit-work.ts';
import { Films, startFilmWorker } from '../recordings/film/films.ts';
import { RecordingsModel } from '../recordings/recordings-model.ts';
import { RecordingsPage } from '../recordings/recordings-page.tsx';
import { recordingsStates } from './recordings-states.ts';
import { writeRooms } from './room-scene.ts';
import { seed } from './seeded-stores.ts';
import { wantedName, wantedState } from './wanted-state.ts';

async function show(into: HTMLElement, fill: (model: RecordingsModel) => void): Promise<void> {
  // A room to put one into.
  if (wantedName.startsWith('recordings-put')) {
    await seed({});
    await writeRooms({ room: 'full' });
  }
  const model = new RecordingsModel({
    work: new CopyWork(),
    films: new Films({ isInCall: signal(false), startWorker: startFilmWorker }),
    edit: editRecording,
  });
  fill(model);
  render(<RecordingsPage model={model} />, into);
}

const root = document.getElementById('root');
const fill = wantedState(recordingsStates);
if (root && fill) void show(root, fill);
