// A file of a chapter, as its author has signed it.
import type { BodyOf } from '../../core/room/entry-body.ts';

export type ChapterBlob = NonNullable<BodyOf<'chapter'>['parts'][number]['blob']>;

/** A long text is kept as a file of this type. */
export const textType = 'text/plain';

export const isText = ({ type }: ChapterBlob): boolean => type === textType;
