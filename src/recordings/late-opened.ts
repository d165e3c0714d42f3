// What is loaded when the first recording is opened.
import { latePart } from '../ui/late-part.tsx';

/** What is loaded when somebody wants to put a recording into a room. */
export const latePut = latePart(async () => (await import('./put-dialog.tsx')).PutDialog, {
  failed: 'recordingsCannotShow',
});

export const lateOpened = latePart(async () => (await import('./opened-recording.tsx')).OpenedRecording, {
  failed: 'recordingsCannotShow',
});
