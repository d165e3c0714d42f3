// A server that is typed and not added yet, as it is kept for the next time the settings are open. Passwords and secrets are not.
import * as v from 'valibot';
import type { TypedIceServer } from '../../core/network/ice-server.ts';

export const emptyServer: TypedIceServer = {
  kind: 'stun',
  transport: 'udp',
  address: '',
  user: '',
  signsInWith: 'password',
  password: '',
};

const draftSchema = v.object({
  kind: v.picklist(['stun', 'turn']),
  transport: v.picklist(['udp', 'tcp', 'tls']),
  address: v.string(),
  user: v.string(),
  signsInWith: v.picklist(['password', 'secret']),
});

/** @returns nothing where nothing is typed that could be kept. */
export function formatServerDraft({ password: _password, ...kept }: TypedIceServer): string {
  const { password: _none, ...empty } = emptyServer;
  const text = JSON.stringify(kept);
  return text === JSON.stringify(empty) ? '' : text;
}

/** @returns undefined for what is no draft. Never throws. */
export function readServerDraft(text: string | undefined): TypedIceServer | undefined {
  if (!text) return undefined;
  try {
    const parsed = v.safeParse(draftSchema, JSON.parse(text));
    return parsed.success ? { ...parsed.output, password: '' } : undefined;
  } catch {
    return undefined;
  }
}
