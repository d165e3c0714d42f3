// Which part of a conversation is laid out: its end, and more of it each time a person asks. Whatever is in it, a page of it costs about the
// same. Pure.
import type { ChatEntry } from './chat-model.ts';

/** One page: entries, and the UTF-16 units of text that may become elements. */
const pageEntries = 100;
const pageLength = 30_000;
/** Longer texts are shown as they were typed, and cost no more (call/chat/markdown-bounds.ts). */
const costliestLength = 2_000;

/** @returns the index of the first entry that is shown. @param pages how many pages, at least 1. */
export function windowStart(entries: readonly ChatEntry[], pages: number): number {
  let length = 0;
  let start = entries.length;
  while (start > 0 && entries.length - start < pages * pageEntries) {
    const entry = entries[start - 1];
    length += entry?.kind === 'message' ? Math.min(entry.text.length, costliestLength) : 0;
    if (length > pages * pageLength) break;
    start -= 1;
  }
  return start;
}

/** How many pages it takes to show this entry. */
export function pagesFor(entries: readonly ChatEntry[], index: number): number {
  let pages = 1;
  while (windowStart(entries, pages) > index) pages += 1;
  return pages;
}
