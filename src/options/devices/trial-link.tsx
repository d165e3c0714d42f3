// Leads to the page of a call with oneself.
import { AppWindow } from 'lucide-preact';
import { text } from '../../ui/texts/text.ts';

/** @param onOpen the page that opens wants the devices for itself. */
export function TrialLink({ onOpen }: { readonly onOpen: () => void }) {
  return (
    <a class="button" href="../trial/index.html" target="_blank" rel="noopener" onClick={onOpen}>
      <AppWindow aria-hidden="true" size={18} />
      {text('trialOpen')}
    </a>
  );
}
