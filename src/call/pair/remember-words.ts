// What is remembered of two people who compared their four emoji.
import type { SessionParts } from './session-parts.ts';

type Parts = Pick<SessionParts, 'model' | 'supplies' | 'contact' | 'clock'>;

export function rememberWords({ model, supplies, contact, clock }: Parts, state: 'verified' | 'different'): void {
  const verification = { state, at: clock.now() } as const;
  if (model.security.value.state === 'ready') model.security.value = { ...model.security.value, verification };
  void supplies.remember(contact.id, verification);
}
