// The product's English texts outside a browser, and as much of the extension API as modules look for when they are imported. Import what
// asks for that API only after this one, dynamically.
import { readFileSync } from 'node:fs';
import { type MessageFile, textsOf } from '../../../src/ui/texts/message-file.ts';
import { takeTextsFrom } from '../../../src/ui/texts/text.ts';

const messages: MessageFile = JSON.parse(
  readFileSync(new URL('../../../public/_locales/en/messages.json', import.meta.url), 'utf8'),
);

takeTextsFrom(textsOf(messages));
const api = { runtime: { id: 'test' } };
Object.assign(globalThis, { chrome: api, browser: api });
