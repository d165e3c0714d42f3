// What the steps of the first run share: the card whose heading takes the focus, so that a screen reader starts there, and the name.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { OwnNameField } from '../fields/own-name-field.tsx';
import type { FirstRunModel } from '../model/first-run-model.ts';

export interface StepCardProps {
  readonly title: string;
  readonly children: ComponentChildren;
  /** False for the very first screen: the page itself was just opened. */
  readonly takesFocus?: boolean;
}

export function StepCard({ title, children, takesFocus = true }: StepCardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (takesFocus) heading.current?.focus();
    window.scrollTo(0, 0);
  }, [takesFocus]);
  return (
    <section class="card stack step">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </section>
  );
}

export function NameField({ firstRun }: { readonly firstRun: FirstRunModel }) {
  return (
    <div class="field">
      <OwnNameField
        value={firstRun.name.value}
        isMissing={firstRun.nameMissing.value}
        onInput={(value) => {
          firstRun.name.value = value;
          firstRun.nameMissing.value = false;
        }}
      />
    </div>
  );
}
