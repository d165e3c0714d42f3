// One state of the room page, as `?state=NAME` asks: the page itself over rooms that were written for it.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { RoomsModel } from '../room/model/rooms-model.ts';
import { RoomsPage } from '../room/rooms-page.tsx';
import { press } from './press.ts';
import { secondMember, writeRooms } from './room-scene.ts';
import { type RoomState, roomStates } from './room-states.ts';
import { seed } from './seeded-stores.ts';
import { wantedState } from './wanted-state.ts';

/** Everything is shown that is loaded when it is first asked for. */
async function rendered(): Promise<void> {
  do await new Promise((done) => setTimeout(done, 10));
  while (document.querySelector('[aria-busy="true"]'));
}

/** The page's model, but for who is met: nobody is connected to from here. */
function meeting(model: RoomsModel, meets: RoomState['meets'], bob: string): RoomsModel {
  if (meets === undefined) return model;
  const linked = new Set(meets === 'met' ? [bob] : []);
  const told = { meeting: signal({ linked, hindrance: meets === 'hidden' ? meets : undefined }), meets: () => true };
  return new Proxy(model, {
    get: (target, key) => {
      const value: unknown = Reflect.get(key in told ? told : target, key, key in told ? told : target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

async function show(into: HTMLElement, state: RoomState): Promise<void> {
  await seed(state.stored ?? {});
  const room = await writeRooms(state);
  location.hash = state.isListOnly ? '' : (room ?? '');
  const model = await RoomsModel.open();
  render(<RoomsPage model={meeting(model, state.meets, await secondMember())} />, into);
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
