// The conversation as a text file, for a person who wants to keep it.
import { text } from '../../ui/texts/text.ts';
import type { ChatModel } from './chat-model.ts';

const two = (value: number): string => String(value).padStart(2, '0');

function dayOf(at: Date): string {
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** @returns the file's name and its text; times are local. */
export function chatAsText(model: ChatModel, now: number): { readonly name: string; readonly text: string } {
  const names = [...model.names.value.values()].join(', ');
  const nameOf = (author: string) => (author === '' ? text('callYou') : (model.names.value.get(author) ?? ''));
  const lines = model.entries.value.map((entry) => {
    const at = new Date(entry.at);
    const head = `[${two(at.getHours())}:${two(at.getMinutes())}] ${nameOf(entry.author)}: `;
    if (entry.kind === 'message') return head + entry.text.replaceAll('\n', '\n    ');
    return head + text('chatSavedFile', model.files.value.get(entry.id)?.value.facts.name ?? '');
  });
  const day = dayOf(new Date(now));
  return {
    name: `${text('chatWith', names).replace(/[/\\:*?"<>|]/g, '')} ${day}.txt`,
    text: `${text('chatWith', names)}, ${day}\n\n${lines.join('\n')}\n`,
  };
}
