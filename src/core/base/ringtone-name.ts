// The tones that a call can ring with. How each sounds is platform/tones.ts.

export const ringtoneNames = ['chime', 'bell', 'marimba', 'classic', 'soft'] as const;
export type RingtoneName = (typeof ringtoneNames)[number];
