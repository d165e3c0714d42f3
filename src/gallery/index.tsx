// The gallery's list: every view in every state, each in a frame of its own, as wide as one likes. Not in the package.
import { signal } from '@preact/signals';
import { render } from 'preact';
import { callStates } from './call-states.ts';
import { guestStates } from './guest-states.ts';
import { messagesStates } from './messages-states.ts';
import { optionsStates } from './options-states.ts';
import { popupStates } from './popup-states.ts';
import { recordingsStates } from './recordings-states.ts';
import { roomStates } from './room-states.ts';
import { trialStates } from './trial/trial-states.ts';

const frames = [
  { page: 'call', title: 'Call page', states: Object.keys(callStates), width: 960 },
  { page: 'guest', title: 'Page for guests', states: Object.keys(guestStates), width: 390 },
  { page: 'popup', title: 'Popup', states: Object.keys(popupStates), width: 380 },
  { page: 'room', title: 'Rooms', states: Object.keys(roomStates), width: 1280 },
  { page: 'messages', title: 'Messages', states: Object.keys(messagesStates), width: 700 },
  { page: 'recordings', title: 'Recordings', states: Object.keys(recordingsStates), width: 960 },
  { page: 'trial', title: 'Calls with oneself', states: Object.keys(trialStates), width: 960 },
  { page: 'options', title: 'Settings', states: Object.keys(optionsStates), width: 960 },
] as const;

const widths = [320, 380, 768, 960, 1280, 1440];
const [page, state] = location.hash.slice(1).split('/');
const shown = signal({ page: page || 'call', state: state || 'two' });
const width = signal(960);
const isRightToLeft = signal(false);

function choose(of: (typeof frames)[number], name: string): void {
  shown.value = { page: of.page, state: name };
  width.value = of.width;
  location.hash = `${of.page}/${name}`;
}

function Gallery() {
  const { page: shownPage, state: shownState } = shown.value;
  const query = new URLSearchParams({ state: shownState, ...(isRightToLeft.value ? { dir: 'rtl' } : {}) });
  return (
    <>
      <nav aria-label="States">
        {frames.map((frame) => (
          <section key={frame.page}>
            <h2>{frame.title}</h2>
            {frame.states.map((name) => (
              <button
                key={name}
                type="button"
                aria-current={frame.page === shownPage && name === shownState}
                onClick={() => choose(frame, name)}
              >
                {name}
              </button>
            ))}
          </section>
        ))}
      </nav>
      <main>
        <p class="tools">
          {widths.map((pixels) => (
            <button
              key={pixels}
              type="button"
              aria-pressed={width.value === pixels}
              onClick={() => (width.value = pixels)}
            >
              {pixels} px
            </button>
          ))}
          <label>
            <input
              type="checkbox"
              checked={isRightToLeft.value}
              onChange={() => (isRightToLeft.value = !isRightToLeft.value)}
            />
            Right to left
          </label>
        </p>
        <iframe title={`${shownPage}: ${shownState}`} width={width.value} src={`./${shownPage}.html?${query}`} />
      </main>
    </>
  );
}

const root = document.getElementById('root');
if (root) render(<Gallery />, root);
