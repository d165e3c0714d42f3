// The heading of a view. It takes the focus when the view appears, so that keyboard and screen reader start there and no stray key
// presses a button; but not from a person who is in a panel beside the view.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface Props {
  readonly children: ComponentChildren;
  readonly hidden?: boolean;
}

export function ViewHeading({ children, hidden = false }: Props) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (!document.activeElement?.closest('aside, dialog')) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} class={hidden ? 'visually-hidden' : 'call-heading'}>
      {children}
    </h1>
  );
}
