// Markdown of other people as harmless elements. Loaded only when the chat is opened. HTML in a message is text; pictures from elsewhere are
// links, because fetching them would tell an address; a link shows where it goes.
import createPurifier from 'dompurify';
import { Marked, type Tokens } from 'marked';
import { isVisible, withoutTurns } from '../../core/base/visible-text.ts';
import { farAttributes, farLink } from '../../ui/far-link.ts';
import { isModestTree, isParsable } from './markdown-bounds.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const marked = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text, block }: Tokens.HTML | Tokens.Tag) =>
      block ? `<p>${escaped(text.trim()).replaceAll('\n', '<br>')}</p>` : escaped(text),
    image: ({ href, text }: Tokens.Image) => `<a href="${escaped(href)}">${escaped(text || href)}</a>`,
    // A headline in a message is not one of the page.
    heading({ tokens }: Tokens.Heading) {
      return `<p><strong>${this.parser.parseInline(tokens)}</strong></p>`;
    },
    checkbox: ({ checked }: Tokens.Checkbox) => (checked ? '☑ ' : '☐ '),
  },
});

const tags = 'a p br strong em del code pre blockquote ul ol li hr table thead tbody tr th td'.split(' ');

const purifier = createPurifier(window);

/** Links open a page of their own that learns nothing of this one, and say whose page it is. */
function tameLink(link: HTMLAnchorElement): void {
  const far = farLink(link.href);
  if (!far) {
    link.replaceWith(...link.childNodes);
    return;
  }
  Object.assign(link, farAttributes, { title: far.href });
  if (far.isSaidBy(link.textContent)) return;
  const host = document.createElement('bdi');
  host.className = 'chat-link-host';
  host.dir = 'ltr';
  host.textContent = far.where;
  // Behind the text, and a part of what is clicked: no text of a message looks like it.
  link.append(' ', host);
}

/** The text as elements, ready to be put into the page; as it was typed where it is not what people write. */
export function renderMarkdown(text: string): Node {
  return elementsOf(text) ?? document.createTextNode(text);
}

function elementsOf(text: string): Node | undefined {
  if (!isParsable(text)) return undefined;
  let html: string;
  try {
    const tokens = marked.lexer(text);
    if (!isModestTree(tokens)) return undefined;
    html = marked.parser(tokens);
  } catch {
    return undefined;
  }
  const clean = purifier.sanitize(html, {
    ALLOWED_TAGS: tags,
    ALLOWED_ATTR: ['href', 'start'],
    ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
    ALLOW_DATA_ATTR: false,
    ALLOW_ARIA_ATTR: false,
    RETURN_DOM_FRAGMENT: true,
  });
  for (const link of clean.querySelectorAll('a')) tameLink(link);
  // What stood in the text as an entity was not seen when the text was cleaned.
  const texts = document.createTreeWalker(clean, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) node.nodeValue = withoutTurns(node.nodeValue ?? '');
  return isVisible(clean.textContent ?? '') || clean.querySelector('hr') ? clean : undefined;
}

/** Nothing but a few emoji: shown large. */
export function isOnlyEmoji(text: string): boolean {
  return (
    text.length <= 24 && /\p{Extended_Pictographic}/u.test(text) && /^[\p{Emoji}\p{Emoji_Component}\s]+$/u.test(text)
  );
}
