// The signs that people give without speaking. Nothing else is one, whoever says so.

/** Most reactions that people know, and a sign for each. */
export const reactionEmoji = ['👍', '👏', '❤️', '😂', '😮', '🎉'] as const;
export type Reaction = (typeof reactionEmoji)[number];
