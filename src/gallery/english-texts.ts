// The product's English texts where there is no extension, as browser.i18n gives them. Knows no page.
import english from '../../public/_locales/en/messages.json' with { type: 'json' };

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** By key, as public/_locales/en has them. */
export const messages: Readonly<Record<string, Message | undefined>> = english;

/** As browsers do it: placeholders by name in any case, then the substitutions $1 to $9. */
export function getMessage(key: string, substitutions: readonly string[] = []): string {
  const { message, placeholders = {} } = messages[key] ?? { message: '' };
  return message
    .replace(/\$([a-z_]+)\$/gi, (_whole, name: string) => placeholders[name.toLowerCase()]?.content ?? '')
    .replace(/\$([1-9])/g, (_whole, digit: string) => substitutions[Number(digit) - 1] ?? '');
}
