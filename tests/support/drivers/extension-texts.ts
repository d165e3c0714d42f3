// The product's English texts outside a browser: stands in for the extension API that `text` asks. Import the modules under test only
// after this one, dynamically.
import { readFileSync } from 'node:fs';

interface Message {
  readonly message: string;
  readonly placeholders?: Readonly<Record<string, { readonly content: string }>>;
}

/** By key, as public/_locales/en has them. */
export const messages: Readonly<Record<string, Message | undefined>> = JSON.parse(
  readFileSync(new URL('../../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
);

/** As browsers do it: placeholders by name in any case, then the substitutions $1 to $9. */
function getMessage(key: string, substitutions: readonly string[] = []): string {
  const { message, placeholders = {} } = messages[key] ?? { message: '' };
  return message
    .replace(/\$([a-z_]+)\$/gi, (_whole, name: string) => placeholders[name.toLowerCase()]?.content ?? '')
    .replace(/\$([1-9])/g, (_whole, digit: string) => substitutions[Number(digit) - 1] ?? '');
}

const api = { runtime: { id: 'test' }, i18n: { getMessage } };
Object.assign(globalThis, { chrome: api, browser: api });
