// Which texts there are, read by the compiler from the English messages: a wrong key does not build. Types only, so it weighs nothing.
import type messages from '../../../public/_locales/en/messages.json';

type MessageKey = keyof typeof messages;

/** The forms that languages have for numbers of things; English uses `one` and `other`. */
type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';

type GroupOf<Key> = Key extends `${infer Group}_other` ? Group : never;

/** A text with forms for numbers: `ringVideoMore` for `ringVideoMore_one` and `ringVideoMore_other`. */
export type PluralKey = GroupOf<MessageKey>;

/** A text by itself. */
export type TextKey = Exclude<MessageKey, `${PluralKey}_${PluralForm}`>;

type StartOf<Key, End extends string> = Key extends `${infer Start}${End}` ? Start : never;
type EndOf<Key, Start extends string> = Key extends `${Start}${infer End}` ? End : never;

/** For families of texts: what may stand before `Short`, so that `${start}Short` is a text. */
export type TextBefore<End extends string> = StartOf<TextKey, End>;

/** For families of texts: what may stand after `connectivityTopic`, so that `connectivityTopic${end}` is a text. */
export type TextAfter<Start extends string> = EndOf<TextKey, Start>;
