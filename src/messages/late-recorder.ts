// What records: loaded only where somebody records.
import { latePart } from '../ui/late-part.tsx';

export const lateRecorder = latePart(async () => (await import('./record/recorder-part.tsx')).RecorderPart, {
  failed: 'callNotLoaded',
});
