// The room page's entry: builds the model, then the view. `#<room>` in its address is the room that is shown.
import { render } from 'preact';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { NewerDatabaseError } from '../platform/store/database.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { speak, takeTextsFrom, text } from '../ui/texts/text.ts';
import { RoomsModel } from './model/rooms-model.ts';
import { RoomsPage } from './rooms-page.tsx';

const root = document.getElementById('root');
takeTextsFrom(browserTexts);
wearAppearance();
speak(document.documentElement);
document.title = text('roomsTitle');

async function start(into: HTMLElement): Promise<void> {
  try {
    render(<RoomsPage model={await RoomsModel.open()} />, into);
  } catch (error) {
    const sentence = text(error instanceof NewerDatabaseError ? 'uiNewerData' : 'roomsCannotRead');
    render(
      <main class="room-alone">
        <h1>{text('roomsTitle')}</h1>
        <p class="problem">{sentence}</p>
      </main>,
      into,
    );
  }
}

if (root) void start(root);
