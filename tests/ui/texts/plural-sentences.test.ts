// Whole sentences with numbers, in languages that differ in their forms: as a reader expects them, through the product's own choice of form.
import { afterEach, describe, expect, test } from 'vitest';
import { textsOf } from '../../../src/ui/texts/message-file.ts';
import { plural, takeTextsFrom } from '../../../src/ui/texts/text.ts';

afterEach(() => takeTextsFrom({ languages: [], message: () => '' }));

const counts = [0, 1, 2, 3, 5, 11, 21, 101];

const languages = {
  en: {
    forms: { one: '$1 missed call', other: '$1 missed calls' },
    sentences: [
      '0 missed calls',
      '1 missed call',
      '2 missed calls',
      '3 missed calls',
      '5 missed calls',
      '11 missed calls',
      '21 missed calls',
      '101 missed calls',
    ],
  },
  pl: {
    forms: {
      one: '$1 nieodebrane połączenie',
      few: '$1 nieodebrane połączenia',
      many: '$1 nieodebranych połączeń',
      other: '$1 nieodebranego połączenia',
    },
    sentences: [
      '0 nieodebranych połączeń',
      '1 nieodebrane połączenie',
      '2 nieodebrane połączenia',
      '3 nieodebrane połączenia',
      '5 nieodebranych połączeń',
      '11 nieodebranych połączeń',
      '21 nieodebranych połączeń',
      '101 nieodebranych połączeń',
    ],
  },
  ru: {
    forms: {
      one: '$1 пропущенный звонок',
      few: '$1 пропущенных звонка',
      many: '$1 пропущенных звонков',
      other: '$1 пропущенного звонка',
    },
    sentences: [
      '0 пропущенных звонков',
      '1 пропущенный звонок',
      '2 пропущенных звонка',
      '3 пропущенных звонка',
      '5 пропущенных звонков',
      '11 пропущенных звонков',
      '21 пропущенный звонок',
      '101 пропущенный звонок',
    ],
  },
  ar: {
    forms: {
      zero: 'لا مكالمات فائتة',
      one: 'مكالمة فائتة واحدة',
      two: 'مكالمتان فائتتان',
      few: '$1 مكالمات فائتة',
      many: '$1 مكالمة فائتة',
      other: '$1 مكالمة فائتة',
    },
    sentences: [
      'لا مكالمات فائتة',
      'مكالمة فائتة واحدة',
      'مكالمتان فائتتان',
      '3 مكالمات فائتة',
      '5 مكالمات فائتة',
      '11 مكالمة فائتة',
      '21 مكالمة فائتة',
      '101 مكالمة فائتة',
    ],
  },
  cs: {
    forms: {
      one: '$1 zmeškaný hovor',
      few: '$1 zmeškané hovory',
      many: '$1 zmeškaného hovoru',
      other: '$1 zmeškaných hovorů',
    },
    sentences: [
      '0 zmeškaných hovorů',
      '1 zmeškaný hovor',
      '2 zmeškané hovory',
      '3 zmeškané hovory',
      '5 zmeškaných hovorů',
      '11 zmeškaných hovorů',
      '21 zmeškaných hovorů',
      '101 zmeškaných hovorů',
    ],
  },
  ja: {
    forms: { other: '不在着信 $1 件' },
    sentences: counts.map((count) => `不在着信 ${count} 件`),
  },
} as const;

describe.each(Object.entries(languages))('texts: sentences with numbers in %s', (tag, { forms, sentences }) => {
  test.each(counts.map((count, place) => [count, sentences[place]] as const))('%s', (count, sentence) => {
    const group = Object.entries(forms).map(([form, message]) => [`badgeMissed_${form}`, { message }]);
    takeTextsFrom(textsOf({ languageTag: { message: tag }, ...Object.fromEntries(group) }));
    expect(plural('badgeMissed', count)).toBe(sentence);
  });
});
