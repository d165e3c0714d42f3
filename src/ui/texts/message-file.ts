// A file of messages as a source of texts, where no browser reads it for us: the gallery, tests, a page outside the extension.
import type { TextSource } from './text.ts';

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** The messages of one language by key, as `public/_locales/LOCALE/messages.json` has them. */
export type MessageFile = Readonly<Record<string, Message | undefined>>;

/** As browsers read it: placeholders by name in any case, then the substitutions $1 to $9. */
export function textsOf(messages: MessageFile, languages: readonly string[] = []): TextSource {
  return {
    languages,
    message(key, substitutions) {
      const { message, placeholders = {} } = messages[key] ?? { message: '' };
      return message
        .replace(/\$([a-z_]+)\$/gi, (_whole, name: string) => placeholders[name.toLowerCase()]?.content ?? '')
        .replace(/\$([1-9])/g, (_whole, digit: string) => substitutions[Number(digit) - 1] ?? '');
    },
  };
}
