// One state of the room page, as `?state=NAME` asks: the page itself over rooms that were written for it.
import { render } from 'preact';
import { RoomsModel } from '../room/model/rooms-model.ts';
import { RoomsPage } from '../room/rooms-page.tsx';
import { writeRooms } from './room-scene.ts';
import { type RoomState, roomStates } from './room-states.ts';
import { seed } from './seeded-stores.ts';
import { wantedState } from './wanted-state.ts';

/** Presses what has this name, as a person would. */
function press(name: string): void {
  const all = [...document.querySelectorAll<HTMLElement>('button, summary')];
  const named = (one: HTMLElement) => one.getAttribute('aria-label') ?? (one.textContent?.trim() || one.title);
  const found = all.find((one) => named(one) === name) ?? all.find((one) => named(one).startsWith(name));
  if (!found) throw new Error(`There is no button "${name}".`);
  found.click();
}

const rendered = () => new Promise((done) => setTimeout(done, 0));

async function show(into: HTMLElement, state: RoomState): Promise<void> {
  await seed(state.stored ?? {});
  const room = await writeRooms(state);
  location.hash = state.isListOnly ? '' : (room ?? '');
  const model = await RoomsModel.open();
  render(<RoomsPage model={model} />, into);
  for (const name of state.press ?? []) {
    await rendered();
    press(name);
  }
  await rendered();
  document.body.classList.add('shown');
}

const root = document.getElementById('root');
const state = wantedState(roomStates);
if (root && state) void show(root, state);
