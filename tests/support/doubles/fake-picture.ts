// Stands for the camera, the graphics card and the pictures of an effect, of which only counts which they are.
import type { Behind, Compositor } from '../../../src/call/effects/compositor.ts';
import type { CameraFrame, Drawn } from '../../../src/call/effects/frame-way.ts';
import { FakeTrack } from './fake-media-devices.ts';

const named = (name: string) => ({ name }) as unknown as Drawn;
export const bare = named('bare');
export const veiled = named('veiled');
export const mask = named('mask');

export class FakeCompositor implements Compositor {
  readonly drawn: { readonly behind: Behind; readonly scale: number }[] = [];
  masks = 0;
  isLost = false;
  isClosed = false;

  setMask(): void {
    this.masks += 1;
  }

  draw(_frame: CameraFrame, behind: Behind, scale: number): Drawn {
    if (this.isLost) throw new Error('lost');
    this.drawn.push({ behind, scale });
    return named(`with ${behind.background}`);
  }

  close(): void {
    this.isClosed = true;
  }
}

/** A camera, perhaps of a system that blurs. */
export function camera(blurs?: 'well' | 'not really'): MediaStreamTrack {
  const settings = { backgroundBlur: false };
  return Object.assign(new FakeTrack('video', 'webcam'), {
    contentHint: 'motion',
    getCapabilities: () => (blurs ? { backgroundBlur: [true, false] } : {}),
    getConstraints: () => ({}),
    getSettings: () => ({ deviceId: 'webcam', ...settings }),
    async applyConstraints(wanted: { backgroundBlur?: boolean }) {
      if (blurs === 'well') settings.backgroundBlur = wanted.backgroundBlur ?? false;
    },
  }) as unknown as MediaStreamTrack;
}
