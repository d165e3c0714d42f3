// A message as its author meant it: markdown, each paragraph in the direction of its own script.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { isOnlyEmoji, renderMarkdown } from './markdown.ts';

export function MarkdownText({ text }: { readonly text: string }) {
  const place = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => place.current?.replaceChildren(renderMarkdown(text)), [text]);
  return <div ref={place} dir="auto" class={`chat-text${isOnlyEmoji(text) ? ' only-emoji' : ''}`} />;
}
