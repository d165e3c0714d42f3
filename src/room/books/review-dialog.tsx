// What somebody thinks of a chapter that another member has written: bound to the very version that they have read.
import { useSignal } from '@preact/signals';
import type { ChapterVersion, Review } from '../../core/room/book.ts';
import { ChoiceGroup } from '../../ui/choice-group.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { text } from '../../ui/texts/text.ts';
import { TextArea, TextField } from '../parts/text-field.tsx';
import type { BooksModel } from './books-model.ts';

const maxReview = 500;
export const maxSource = 1_000;

interface DialogProps {
  readonly books: BooksModel;
  readonly version: ChapterVersion;
  readonly onClose: () => void;
}

export function ReviewDialog({ books, version, onClose }: DialogProps) {
  const verdict = useSignal<Review['verdict']>('confirmed');
  const sure = useSignal('8');
  const words = useSignal('');
  const source = useSignal('');
  const submit = async (event: Event) => {
    event.preventDefault();
    const named = source.value.trim();
    const review = {
      verdict: verdict.value,
      sure: Math.min(10, Math.max(1, Math.round(Number(sure.value)) || 1)),
      text: words.value.trim(),
      ...(named === '' ? {} : { source: named }),
    };
    if (await books.review(version.id, review)) onClose();
  };
  return (
    <Dialog title={text('roomReviewOf', version.title)} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void submit(event)}>
        <ChoiceGroup
          legend={text('roomVerdict')}
          choices={[
            { value: 'confirmed', label: text('roomVerdictConfirmed') },
            { value: 'doubtful', label: text('roomVerdictDoubtful') },
            { value: 'wrong', label: text('roomVerdictWrong') },
          ]}
          chosen={verdict.value}
          onChoose={(value) => (verdict.value = value)}
        />
        <TextField label={text('roomSure')} typed={sure} type="number" min={1} max={10} />
        <TextArea label={text('roomReviewWords')} typed={words} maxLength={maxReview} rows={3} />
        <TextField label={text('roomSource')} typed={source} maxLength={maxSource} />
        <p class="hint">{text('roomReviewHint')}</p>
        <div class="actions">
          <button type="submit" class="button primary">
            {text('roomReviewSend')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
