// What the ringtones are called.
import type { RingtoneName } from '../../core/base/ringtone-name.ts';
import type { TextKey } from '../texts/text-key.ts';

export const ringtoneTexts: Readonly<Record<RingtoneName, TextKey>> = {
  chime: 'uiToneChime',
  bell: 'uiToneBell',
  marimba: 'uiToneMarimba',
  classic: 'uiToneClassic',
  soft: 'uiToneSoft',
};
