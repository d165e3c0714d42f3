// Says what comes in, politely, whether the chat is open or not: messages, offers of files, and how they end.
import { effect, useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { FileViewState } from '../../link/transfer/file-state.ts';
import { text } from '../../ui/texts/text.ts';
import type { ChatModel } from './chat-model.ts';
import { fileAnnouncement } from './file-sentences.ts';

const longestSaid = 300;

export function ChatAnnouncer({ model }: { readonly model: ChatModel }) {
  const sentence = useSignal('');
  useEffect(() => {
    const known = new Set(model.entries.peek().map(({ id }) => id));
    const states = new Map<string, FileViewState>();
    return effect(() => {
      const names = model.names.value;
      for (const entry of model.entries.value) {
        if (known.has(entry.id)) continue;
        known.add(entry.id);
        if (entry.kind === 'message' && entry.author !== '')
          sentence.value = text('chatSayMessage', names.get(entry.author) ?? '', entry.text.slice(0, longestSaid));
      }
      for (const [id, { value: file }] of model.files.value) {
        if (states.get(id) === file.state) continue;
        states.set(id, file.state);
        const said = fileAnnouncement(file, names.get(file.participant) ?? '');
        if (said !== undefined) sentence.value = said;
      }
    });
  }, [model]);
  return (
    <div role="status" aria-live="polite" class="visually-hidden">
      {sentence.value}
    </div>
  );
}
