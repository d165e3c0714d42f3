// What is wrong where the person has taken back the permission that hides this installation from relays (Firefox only), and a way out.
import { useEffect, useState } from 'preact/hooks';
import { askForSiteAccess, lacksSiteAccess, onSiteAccessChanged } from '../../platform/extension/own-origin.ts';
import { text } from '../texts/text.ts';

/** Nothing as long as all is well. */
export function SiteAccessNotice() {
  const [isLacking, setIsLacking] = useState(false);
  useEffect(() => {
    const look = () => void lacksSiteAccess().then(setIsLacking);
    onSiteAccessChanged(look);
    look();
  }, []);
  if (!isLacking) return null;
  return (
    <section class="site-access" role="alert">
      <h2>{text('uiSiteAccessTitle')}</h2>
      <p>{text('uiSiteAccessText')}</p>
      <button type="button" class="button primary" onClick={() => void askForSiteAccess()}>
        {text('uiSiteAccessAllow')}
      </button>
    </section>
  );
}
