// The popup's entry: builds the model, then the view. The same page in a tab with `?add=<contact link>` offers to add that person.
import { render } from 'preact';
import { browserTexts } from '../platform/extension/browser-texts.ts';
import { NewerDatabaseError } from '../platform/store/database.ts';
import { wearAppearance } from '../ui/appearance.ts';
import { speak, takeTextsFrom, text } from '../ui/texts/text.ts';
import { lateContact, lateInvite } from './late-parts.ts';
import { isToolbarPopup, PopupModel } from './popup-model.ts';
import { PopupPage } from './popup-page.tsx';

const root = document.getElementById('root');
takeTextsFrom(browserTexts);
wearAppearance();
speak(document.documentElement);
document.title = text('productName');
document.body.classList.toggle('in-tab', !isToolbarPopup);

async function start(into: HTMLElement): Promise<void> {
  try {
    const model = await PopupModel.open(new URLSearchParams(location.search));
    render(<PopupPage model={model} />, into);
    void lateInvite.load();
    void lateContact.load();
    void import('../ui/portraits/follow-portraits.ts')
      .then(({ followPortraits }) => followPortraits())
      .catch(() => undefined);
  } catch (error) {
    render(
      <main class="welcome">
        <h1>{text('productName')}</h1>
        <p class="problem">{text(error instanceof NewerDatabaseError ? 'uiNewerData' : 'popupCannotRead')}</p>
      </main>,
      into,
    );
  }
}

if (root) void start(root);
