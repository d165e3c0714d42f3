// What each translation has to obey, as pure functions: a language may lack texts (browsers then show the English one), and what it has must
// fit the English text beside it.

/**
 * @typedef {{ message: string, description?: string, placeholders?: Record<string, { content: string }> }} Message
 * @typedef {Readonly<Record<string, Message>>} Messages
 * @typedef {{ key: string, problem: string }} Fault
 */

/** Languages whose folder Chrome reads, as it names them; it passes over any other. */
const chromeLocales =
  'ar am bg bn ca cs da de el en es et fa fi fil fr gu he hi hr hu id it ja kn ko lt lv ml mr ms nl no pl pt_BR pt_PT ro ru sk sl sr sv sw ta te th tr uk vi zh_CN zh_TW'.split(
    ' ',
  );

/** Most characters of the summary in the stores. */
const longestSummary = 132;

/** Words that stay as they are in every language, and are in the Latin script everywhere. */
const untranslated =
  /FreeFlow Connect|https?:\S*|\b(?:ffc|turns?|stuns?|wss?):[^\s,)]*|[\w.-]+@[\w.-]+|\b(?:about:config|media\.peerconnection\.enabled|webRTCIPHandlingPolicy|STUN|TURN|TCP|TLS|UDP|IP(?:v[46])?|NAT|QR|PDF|WebRTC|Wi-Fi|IT|Ctrl|Chrome(?:OS)?|Edge|Firefox|Safari|Windows|macOS|Mac|Linux|Android|iOS|Yggdrasil|Mycelium|BIP39|WebM|Matroska|MP4|Markdown|ICE|HTTPS?|true|kbit|Mbit|kB|MB|GB|1080p60)\b/giu;

/** @param {string} tag */
const language = (tag) => new Intl.Locale(tag).maximize();

/** The scripts that a language is written in, as Unicode names them. @param {string} tag */
function scriptOf(tag) {
  const scripts = /** @type {Record<string, RegExp>} */ ({
    Arab: /\p{Script=Arabic}/u,
    Cyrl: /\p{Script=Cyrillic}/u,
    Hebr: /\p{Script=Hebrew}/u,
    Deva: /\p{Script=Devanagari}/u,
    Jpan: /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
    Kore: /[\p{Script=Hangul}\p{Script=Han}]/u,
    Hans: /\p{Script=Han}/u,
    Hant: /\p{Script=Han}/u,
    Latn: /\p{Script=Latin}/u,
  });
  return scripts[language(tag).script ?? 'Latn'];
}

/** @param {string} tag */
const expectedDirection = (tag) => (/^(?:Arab|Hebr|Thaa|Syrc)$/.test(language(tag).script ?? '') ? 'rtl' : 'ltr');

/** `ringVideoMore_one` as group and form, or nothing of a text by itself. @param {string} key */
export function pluralOf(key) {
  const [, group, form] = /^(.*)_(zero|one|two|few|many|other)$/.exec(key) ?? [];
  return group !== undefined && form !== undefined ? { group, form } : undefined;
}

/** The message as browsers resolve it: the substitutions as $1 to $9. @param {Message} message */
export const resolved = ({ message, placeholders = {} }) =>
  message.replace(/\$([a-z_]\w*)\$/gi, (whole, name) => placeholders[name.toLowerCase()]?.content ?? whole);

/** @param {string} text @returns {readonly string[]} */
const substitutions = (text) => [...new Set(text.match(/\$[1-9]/g) ?? [])].sort();

/**
 * The forms that a language has for whole numbers of things, and how many numbers below 1000 take each.
 * @param {string} tag
 * @returns {ReadonlyMap<string, number>}
 */
function formsOf(tag) {
  const rules = new Intl.PluralRules(tag);
  /** @type {Map<string, number>} */
  const forms = new Map();
  for (let count = 0; count < 1_000; count++) {
    const form = rules.select(count);
    forms.set(form, (forms.get(form) ?? 0) + 1);
  }
  return forms;
}

/** The digits that a reader sees. @param {string} text */
const digits = (text) => (text.replace(/\$[1-9]/g, ' ').match(/\d/g) ?? []).sort().join('');

/** What is typed or pasted, fenced in a sentence that runs from right to left: its signs stay on their side (U+2066 … U+2069). */
const fenced = /\u2066([⌘!-~]+(?: [⌘!-~]+)*)\u2069/gu;

/** What is wrong with a text by itself. @param {string} text @param {boolean} mayFence @returns {readonly string[]} */
function formFaults(text, mayFence) {
  const faults = [];
  if (text === '' || text !== text.trim() || / {2}/.test(text)) faults.push('is empty or has blanks to spare');
  const visible = mayFence ? text.replace(fenced, '$1') : text;
  if (/[<>\p{Cc}]|(?!\u200c)\p{Cf}/u.test(visible)) faults.push('holds markup, control or direction characters');
  if (text.includes("'")) faults.push('has a straight apostrophe; it is written ’');
  if (text.replace(/\$[1-9]/g, '').includes('$')) faults.push('has a $ that is no substitution');
  return faults;
}

/**
 * What is wrong with a text beside the English one.
 * @param {string} text
 * @param {string} english
 * @param {string} tag
 * @param {{ fits: (form: readonly string[]) => boolean, numbers: readonly string[] }} allowed substitutions that are enough, and digits
 */
function besideEnglish(text, english, tag, { fits, numbers }) {
  const faults = [];
  if (!fits(substitutions(text))) faults.push(`has other substitutions than “${english}”`);
  if (!numbers.includes(digits(text))) faults.push(`has other numbers than “${english}”`);
  const isDense = /^(?:Jpan|Kore|Hans|Hant)$/.test(language(tag).script ?? '');
  const longest = isDense ? english.length + 8 : english.length * 2 + 12;
  if (text.length > longest) faults.push(`is longer than ${longest} characters`);
  const words = text.replace(untranslated, ' ').replace(/[“„«「『‹"].*?[”“»」』›"]/gu, ' ');
  const letters = words.match(/\p{L}/gu) ?? [];
  const script = scriptOf(tag);
  const own = letters.filter((letter) => script?.test(letter)).length;
  if (letters.length > 8 && own < letters.length * 0.6) faults.push('is not in the script of the language');
  const wordCount = words.match(/\p{L}{2,}/gu)?.length ?? 0;
  if (text === english && wordCount > 3) faults.push('is still English');
  return faults;
}

/**
 * All that is wrong with one translation.
 * @param {Messages} english
 * @param {string} locale the name of the folder, such as pt_BR
 * @param {Messages} messages
 * @returns {readonly Fault[]}
 */
export function localeFaults(english, locale, messages) {
  /** @type {Fault[]} */
  const faults = [];
  const tag = locale.replace('_', '-');
  if (!chromeLocales.includes(locale)) return [{ key: locale, problem: 'is no folder that Chrome reads' }];
  if (messages['languageTag']?.message !== tag) faults.push({ key: 'languageTag', problem: `is not ${tag}` });
  if (messages['direction']?.message !== expectedDirection(tag)) faults.push({ key: 'direction', problem: 'is wrong' });
  const forms = formsOf(tag);
  const possible = new Intl.PluralRules(tag).resolvedOptions().pluralCategories;
  /** @type {Map<string, Set<string>>} */
  const groups = new Map();
  for (const [key, message] of Object.entries(messages)) {
    if (key === 'languageTag' || key === 'direction') continue;
    const plural = pluralOf(key);
    const group = plural && english[`${plural.group}_other`] ? plural : undefined;
    const source = english[group ? `${group.group}_other` : key];
    if (!source) {
      faults.push({ key, problem: 'is no text of English' });
      continue;
    }
    if (group) groups.set(group.group, (groups.get(group.group) ?? new Set()).add(group.form));
    const text = resolved(message);
    const [wanted, singular] = [resolved(source), english[`${group?.group}_one`]];
    // “One person” may leave the number out, where no other number takes that form.
    const isOneNumber = group !== undefined && forms.get(group.form) === 1;
    const beside = isOneNumber && group.form === 'one' && singular ? resolved(singular) : wanted;
    const without = (/** @type {readonly string[]} */ list) => list.filter((one) => !(isOneNumber && one === '$1'));
    const needed = [wanted, beside].map((one) => without(substitutions(one)).join());
    const numbers = [wanted, group?.form === 'one' && singular ? resolved(singular) : beside].map(digits);
    const fits = (/** @type {readonly string[]} */ found) => needed.includes(without(found).join());
    for (const problem of [
      ...formFaults(text, expectedDirection(tag) === 'rtl'),
      ...besideEnglish(text, beside, tag, { fits, numbers }),
    ])
      faults.push({ key, problem });
  }
  for (const [group, found] of groups) {
    const lacking = [...new Set([...forms.keys(), 'other'])].filter((form) => !found.has(form));
    if (lacking.length > 0) faults.push({ key: group, problem: `lacks the forms ${lacking.join(', ')}` });
    const alien = [...found].filter((form) => !possible.includes(/** @type {Intl.LDMLPluralRule} */ (form)));
    if (alien.length > 0) faults.push({ key: group, problem: `has forms that the language has not: ${alien.join()}` });
  }
  if (messages['productName'] && messages['productName'].message !== english['productName']?.message)
    faults.push({ key: 'productName', problem: 'is translated' });
  if ((messages['productDescription']?.message.length ?? 0) > longestSummary)
    faults.push({ key: 'productDescription', problem: `is longer than ${longestSummary} characters` });
  return faults;
}
