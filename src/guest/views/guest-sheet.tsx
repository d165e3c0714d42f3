// The frame of everything that a guest sees outside of a call: one column, and below it where the page came from.
import type { ComponentChildren } from 'preact';
import { ViewHeading } from '../../call/kit/view-heading.tsx';
import { SafetyDetails } from './safety-details.tsx';

interface Props {
  readonly title: string;
  readonly pageHost: string;
  readonly children?: ComponentChildren;
}

export function GuestSheet({ title, pageHost, children }: Props) {
  return (
    <main class="call-sheet guest-sheet">
      <ViewHeading>{title}</ViewHeading>
      {children}
      <SafetyDetails pageHost={pageHost} />
    </main>
  );
}
