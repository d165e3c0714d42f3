// What a guest can rely on, and what not: always said in one line, and in full to whoever asks.
import { text } from '../../ui/texts/text.ts';

export function SafetyDetails({ pageHost }: { readonly pageHost: string }) {
  const isFile = pageHost === '';
  return (
    <details class="safety">
      <summary>
        <span class="hint">{isFile ? text('guestFromFile') : text('guestFrom', pageHost)}</span>{' '}
        <span class="safety-question">{text('guestHowSafe')}</span>
      </summary>
      <ul class="safety-facts">
        <li>{text('guestSafeCall')}</li>
        <li>{isFile ? text('guestSafeFile') : text('guestSafeHost', pageHost)}</li>
        <li>{text('guestSafeEmoji')}</li>
        <li>{text('guestSafePeople')}</li>
        <li>{isFile ? text('guestSafeRelaysFile') : text('guestSafeRelays', pageHost)}</li>
        <li>{text('guestSafeKept')}</li>
      </ul>
    </details>
  );
}
