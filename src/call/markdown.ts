// Markdown of other people as harmless elements. Loaded only when the chat is opened. HTML in a message is text; pictures from elsewhere are
// links, because fetching them would tell an address; what a link says is where it goes.
import createPurifier from 'dompurify';
import { Marked, type Tokens } from 'marked';

/** Deeper lists and quotes than this are shown as they were typed. */
const tooDeep = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t]))){10}/m;

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

/** Links open a page of their own that learns nothing of this one. */
function tameLink(link: HTMLAnchorElement): void {
  if (!link.hasAttribute('href')) {
    link.replaceWith(...link.childNodes);
    return;
  }
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.referrerPolicy = 'no-referrer';
  link.title = link.href;
  if (pretends(link)) link.textContent = link.href;
}

/** Says that it goes to one place and goes to another. */
function pretends({ textContent, hostname, protocol }: HTMLAnchorElement): boolean {
  const said = /(?:^|[\s/@])((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})/iu.exec(textContent)?.[1]?.toLowerCase();
  if (said === undefined || protocol === 'mailto:') return false;
  const bare = (host: string) => host.replace(/^www\./, '');
  try {
    return bare(new URL(`https://${said}`).hostname) !== bare(hostname);
  } catch {
    return true;
  }
}

/** The text as elements, ready to be put into the page. */
export function renderMarkdown(text: string): Node {
  if (tooDeep.test(text)) return document.createTextNode(text);
  let html: string;
  try {
    html = marked.parse(text, { async: false });
  } catch {
    return document.createTextNode(text);
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
  return clean;
}

/** Nothing but a few emoji: shown large. */
export function isOnlyEmoji(text: string): boolean {
  return (
    text.length <= 24 && /\p{Extended_Pictographic}/u.test(text) && /^[\p{Emoji}\p{Emoji_Component}\s]+$/u.test(text)
  );
}
