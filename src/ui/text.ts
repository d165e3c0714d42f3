// Texts for people, for views.
export { text } from '../platform/text.ts';
