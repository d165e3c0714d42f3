// The page where nobody can join from here: one sentence and what to do, without anything of a call.
import { render } from 'preact';
import { LiveRegion } from '../ui/live-region.tsx';
import { text } from '../ui/texts/text.ts';
import type { Lack } from './model/visit-model.ts';
import { CannotView } from './views/cannot-view.tsx';

export function showLack(root: HTMLElement, why: Lack, address: string): void {
  document.title = text('productName');
  render(
    <>
      <CannotView why={why} pageHost={location.host} actions={{ address: () => address }} />
      <LiveRegion />
    </>,
    root,
  );
}
