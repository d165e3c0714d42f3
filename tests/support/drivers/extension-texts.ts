// The product's English texts outside a browser: stands in for the extension API that `text` asks. Import the modules under test only
// after this one, dynamically.
import { getMessage } from '../../../src/gallery/english-texts.ts';

const api = { runtime: { id: 'test' }, i18n: { getMessage } };
Object.assign(globalThis, { chrome: api, browser: api });
