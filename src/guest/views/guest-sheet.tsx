// The frame of everything that a guest sees outside of a call: one column, and below it where the page came from.
import type { ComponentChildren } from 'preact';
import { ViewHeading } from '../../call/kit/view-heading.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { SafetyDetails } from './safety-details.tsx';

interface Props {
  readonly title: string;
  readonly pageHost: string;
  /** While the page asks, or after the call, loading it anew would end what is under way. */
  readonly hasLanguages?: boolean;
  readonly children?: ComponentChildren;
}

export function GuestSheet({ title, pageHost, hasLanguages = false, children }: Props) {
  return (
    <main class="call-sheet guest-sheet">
      <ViewHeading>{title}</ViewHeading>
      {children}
      <SafetyDetails pageHost={pageHost} />
      {hasLanguages && <LanguageMenu />}
    </main>
  );
}
