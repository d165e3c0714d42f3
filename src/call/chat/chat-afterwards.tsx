// What is left of the chat when the call is over: it can still be saved, and so can the files that came.
import { Save } from 'lucide-preact';
import { isFileOver } from '../../link/transfer/file-state.ts';
import { text } from '../../ui/texts/text.ts';
import { useChat } from './chat-context.ts';
import { FileRow } from './file-row.tsx';

export function ChatAfterwards() {
  const chat = useChat();
  if (!chat || chat.model.entries.value.length === 0) return null;
  const { model, actions } = chat;
  const files = [...model.files.value.values()].map(({ value }) => value);
  const came = files.filter(
    ({ direction, state, pictureUrl }) => direction === 'in' && state === 'done' && !pictureUrl,
  );
  const isUnfinished = files.some(({ direction, state, done }) => direction === 'in' && !isFileOver(state) && done > 0);
  return (
    <section class="chat-left-over" aria-label={text('chatTitle')}>
      <p class="hint">{text('chatLeft')}</p>
      {came.map((file) => (
        <FileRow key={file.facts.id} file={file} name={model.names.value.get(file.participant) ?? ''} />
      ))}
      {isUnfinished && <p class="hint">{text('chatLeftUnfinished')}</p>}
      <button type="button" class="button" onClick={() => actions.saveChat()}>
        <Save size={18} aria-hidden="true" />
        {text('chatSaveChat')}
      </button>
    </section>
  );
}
