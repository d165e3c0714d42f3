// Over the pictures of a call that is on hold: that it is, what the others notice of it, and the way back.
import { Pause, Play } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { LeaveButton } from '../controls/call-buttons.tsx';
import { type OtherCalls, useOtherCalls } from '../model/other-calls.ts';
import type { CallActions } from '../model/person-model.ts';

/** Whether the call of this page is on hold. */
export function useIsOnHold(): boolean {
  return useOtherCalls()?.model.isOnHold.value ?? false;
}

export function HoldCover() {
  const others = useOtherCalls();
  const resume = useRef<HTMLButtonElement>(null);
  // What had the focus may have gone with the bar.
  useEffect(() => {
    if (document.activeElement === document.body) resume.current?.focus();
  }, []);
  if (!others) return null;
  return (
    <section class="hold-cover" aria-label={text('callIsOnHold')}>
      <Pause size={48} aria-hidden="true" />
      <p class="hold-title">{text('callIsOnHold')}</p>
      <p>{meaning(others)}</p>
      <button ref={resume} type="button" class="button primary large" onClick={() => others.actions.resume()}>
        <Play size={20} aria-hidden="true" />
        {text('callResume')}
      </button>
    </section>
  );
}

function meaning({ model }: OtherCalls): string {
  const other = model.other.value;
  return other ? text('callIsOnHoldFor', other.name) : text('callIsOnHoldMeaning');
}

/** In place of the bar: switches do nothing in a call that is on hold. */
export function HoldBar({ actions }: { readonly actions: Pick<CallActions, 'leave'> }) {
  return (
    <section class="controls stage-bar" aria-label={text('callControls')}>
      <LeaveButton actions={actions} />
    </section>
  );
}
