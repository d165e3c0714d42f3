// The languages that the page for guests can load beside English, by BCP 47 tag. None in tests and in the gallery; the build puts every folder
// of public/_locales in the place of this table (tools/package/guest-languages.mjs), so that a further language is a folder and no code.
import type { MessageFile } from '../../ui/texts/message-file.ts';

export type LanguageTable = Readonly<Record<string, () => Promise<MessageFile>>>;

export const otherLanguages: LanguageTable = {};
