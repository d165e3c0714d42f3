// What the steps of the first run share: the card whose heading takes the focus, so that a screen reader starts there, and the name.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../ui/text.ts';
import type { FirstRunModel } from './first-run-model.ts';

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
      <label for="own-name">{text('optionsYourName')}</label>
      <input
        id="own-name"
        class="input"
        maxLength={64}
        autocomplete="name"
        value={firstRun.name.value}
        aria-invalid={firstRun.nameMissing.value}
        aria-describedby="own-name-hint own-name-problem"
        onInput={(event) => {
          firstRun.name.value = event.currentTarget.value;
          firstRun.nameMissing.value = false;
        }}
      />
      <p class="hint" id="own-name-hint">
        {text('optionsYourNameHint')}
      </p>
      <div id="own-name-problem" aria-live="polite">
        {firstRun.nameMissing.value ? <p class="problem">{text('optionsNameMissing')}</p> : null}
      </div>
    </div>
  );
}
