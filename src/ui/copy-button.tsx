// Copies a text and says so. Its name never changes: the outcome goes to the live region and into the icon.
import { useSignal } from '@preact/signals';
import { Check, Copy } from 'lucide-preact';
import { announce } from './live-region.tsx';
import { text } from './texts/text.ts';

export interface CopyButtonProps {
  readonly label: string;
  readonly content: string;
  /** Said when it worked. */
  readonly copied: string;
  readonly primary?: boolean;
  /** Where the browser does not let us copy: whoever has a field with the text selects it. */
  readonly onFailed?: () => void;
}

export function CopyButton({ label, content, copied, primary = false, onFailed }: CopyButtonProps) {
  const done = useSignal(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(content);
      done.value = true;
      announce(copied);
      setTimeout(() => {
        done.value = false;
      }, 2500);
    } catch {
      onFailed?.();
      announce(text('uiCopyFailed'));
    }
  };
  return (
    <button type="button" class={primary ? 'button primary' : 'button'} onClick={() => void copy()}>
      {done.value ? <Check aria-hidden="true" size={18} /> : <Copy aria-hidden="true" size={18} />}
      {label}
    </button>
  );
}
