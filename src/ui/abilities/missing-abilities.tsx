// What this browser does not have or was told not to give, and that a call needs: named before anybody clicks, with what to do about it.
import browser from 'webextension-polyfill';
import { text } from '../texts/text.ts';
import type { TextKey } from '../texts/text-key.ts';
import { canCall, hasDevices } from './call-abilities.ts';

export type Ability = 'calls' | 'devices' | 'notifications';

const sentences: Readonly<Record<Ability, TextKey>> = {
  calls: 'uiNoCalls',
  devices: 'uiNoDevices',
  notifications: 'uiNoNotifications',
};

/** Whether the browser shows our notifications. Firefox cannot be asked. */
async function canNotify(): Promise<boolean> {
  const { notifications } = browser as { notifications?: { getPermissionLevel?: () => Promise<string> } };
  return (await notifications?.getPermissionLevel?.().catch(() => undefined)) !== 'denied';
}

/** What is missing; of what calls need nothing else matters where there can be none. */
export async function missingAbilities(): Promise<readonly Ability[]> {
  if (!canCall()) return ['calls'];
  return [
    ...(hasDevices() ? [] : (['devices'] as const)),
    ...((await canNotify()) ? [] : (['notifications'] as const)),
  ];
}

export function MissingAbilities({ missing }: { readonly missing: readonly Ability[] }) {
  return (
    <>
      {missing.map((ability) => (
        <p key={ability} class="problem">
          {text(sentences[ability])}
        </p>
      ))}
    </>
  );
}
