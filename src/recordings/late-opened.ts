// What is loaded when the first recording is opened.
import { latePart } from '../ui/late-part.tsx';

export const lateOpened = latePart(async () => (await import('./opened-recording.tsx')).OpenedRecording, {
  failed: 'recordingsCannotShow',
});
