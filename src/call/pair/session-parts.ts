// What the session of a call with one person is made of.
import type { Contact } from '../../core/identity/contact.ts';
import type { TonePlayer } from '../../ui/sound/tone-player.ts';
import type { LocalDevices } from '../devices/local-devices.ts';
import type { PairModel } from '../model/person-model.ts';
import type { QualityControl } from '../quality/quality-control.ts';
import type { OpeningDevices } from './call-opening.ts';
import type { CallSupplies } from './call-supplies.ts';
import type { SilenceParts } from './silence-watch.ts';

export interface SessionParts extends SilenceParts {
  readonly model: PairModel;
  readonly contact: Contact;
  readonly devices: Pick<LocalDevices, 'measureMicrophone' | keyof OpeningDevices>;
  /** The call that the page was opened for: its kind decides whether the camera is opened. */
  readonly isFirst: boolean;
  /** It has ended: the own devices are not needed for it any more. */
  readonly onOver: () => void;
  readonly quality: QualityControl;
  /** They play where the person wants to hear them. */
  readonly tones: Pick<TonePlayer, 'play' | 'stop'>;
  readonly supplies: CallSupplies;
}

/** A call that went on before this one took its place. `lasts`: since how long it is up, in ms. */
export interface RunningCall {
  readonly callId: string;
  readonly direction: 'incoming' | 'outgoing';
  readonly lasts: number;
}
