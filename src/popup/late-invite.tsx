// The own link to give away, which the first screen does without: it is loaded right behind it.
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { Invitation } from '../ui/invite/invitation.ts';
import { text } from '../ui/texts/text.ts';

type Loaded = typeof import('../ui/invite/invite.tsx') | 'loading' | 'failed';

const part = signal<Loaded | undefined>(undefined);

/** Begins to load; once. */
export async function loadInvite(): Promise<void> {
  if (part.peek() !== undefined && part.peek() !== 'failed') return;
  part.value = 'loading';
  try {
    part.value = await import('../ui/invite/invite.tsx');
  } catch {
    // The files of another version may have taken the place of ours while the page stood open.
    part.value = 'failed';
  }
}

export function LateInvite({ invitation }: { readonly invitation: Invitation }) {
  const loaded = part.value;
  useEffect(() => void loadInvite(), []);
  if (loaded === 'failed')
    return (
      <p class="problem" role="alert">
        {text('callNotLoaded')}
      </p>
    );
  return typeof loaded === 'object' ? (
    <loaded.Invite invitation={invitation} />
  ) : (
    <div class="late-invite" aria-busy="true" />
  );
}
