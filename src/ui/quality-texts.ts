// The choices of a call's quality in words, for the settings and for the call.
import type { CallQuality } from '../core/media/call-quality.ts';
import type { TextKey } from './texts/text-key.ts';

export const qualityTexts: Readonly<Record<CallQuality, TextKey>> = {
  save: 'uiQualitySave',
  balanced: 'uiQualityBalanced',
  best: 'uiQualityBest',
};
