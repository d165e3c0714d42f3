// CONTEXT page for guests: joins a call from a link, in any browser, without the extension. This first part is small: it takes the invitation
// out of the address, looks at what the browser can do, and loads the rest only where that will do.
import '../platform/own-scripts.ts';
import { factsOfThisBrowser, lackOf } from './abilities.ts';
import { speakToGuests } from './guest-texts.ts';
import { takeInvitation } from './invitation-text.ts';

async function start(): Promise<void> {
  const root = document.getElementById('root');
  if (!root) return;
  const [facts] = await Promise.all([factsOfThisBrowser(), speakToGuests()]);
  const lack = lackOf(facts);
  // In a frame the address stays as it is: it is offered as a link.
  const invitation = lack === 'framed' ? { text: '', address: location.href } : takeInvitation(window);
  try {
    if (lack !== undefined) {
      const { showLack } = await import('./lack-page.tsx');
      showLack(root, lack, invitation.address);
    } else {
      const { openVisit } = await import('./visit-page.tsx');
      await openVisit(root, invitation);
    }
  } catch {
    const { showLack } = await import('./lack-page.tsx');
    showLack(root, 'not-loaded', invitation.address);
  }
}

void start();
