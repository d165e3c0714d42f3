// A receiver that is put down: hanging up, and nothing else. A crossed one means that a call did not come about.
import { Phone } from 'lucide-preact';

export function HangUpIcon({ size = 24 }: { readonly size?: number }) {
  return <Phone size={size} aria-hidden="true" style={{ rotate: '135deg' }} />;
}
