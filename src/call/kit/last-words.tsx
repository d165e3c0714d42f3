// A page on which nothing more happens: what is over, what can be done about it, and a button that closes the page.
import { text } from '../../ui/texts/text.ts';
import { ViewHeading } from './view-heading.tsx';

interface Props {
  readonly title: string;
  readonly advice: string;
  readonly onClose: () => void;
}

export function LastWords({ title, advice, onClose }: Props) {
  return (
    <main class="call-sheet ended-sheet">
      <ViewHeading>{title}</ViewHeading>
      <p class="ended-advice">{advice}</p>
      <div class="sheet-actions">
        <button type="button" class="button large primary" onClick={() => onClose()}>
          {text('callClose')}
        </button>
      </div>
    </main>
  );
}
