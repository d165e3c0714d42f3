// A notice beside the stage: a sign, words that are read out when they come, and what a person can answer. Empty while there are no words.
import type { LucideIcon } from 'lucide-preact';
import type { ComponentChildren } from 'preact';

interface Props {
  readonly isShown: boolean;
  readonly Icon: LucideIcon;
  /** The buttons. */
  readonly answers: ComponentChildren;
  readonly children: ComponentChildren;
}

export function SideNotice({ isShown, Icon, answers, children }: Props) {
  return (
    <div class={isShown ? 'device-notice bandwidth-notice' : ''}>
      {isShown && <Icon size={20} aria-hidden="true" />}
      <div>
        {/* Always there, so that what comes into it is read out. */}
        <div role="status">{isShown && children}</div>
        {isShown && <div class="notice-answers">{answers}</div>}
      </div>
    </div>
  );
}
