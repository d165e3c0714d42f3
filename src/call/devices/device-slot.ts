// The state of one kind of device in LocalMedia, and the small translations between the browser's words and the call model's.
import { type CallQuality, qualityLimits } from '../../core/media/call-quality.ts';
import type { ShownSize } from '../../core/media/shown-size.ts';
import type { DeviceChoice, DeviceLists, DeviceState, Substitutes } from '../model/own-model.ts';
import type { DeviceKind, PermissionPort } from './media-ports.ts';

/** One kind of device. `wanted` is the person's choice; `state` is what came of it. */
export interface Slot {
  readonly kind: DeviceKind;
  wanted: boolean;
  chosenId: string;
  state: DeviceState;
  track: MediaStreamTrack | undefined;
  permission: PermissionPort | undefined;
  /** Nothing has come from the track for a while: by the browser or the system. */
  isSilenced: boolean;
  /** The device in use was not the wanted one: that is gone, or another program has it. */
  isSubstitute: boolean;
  /** Counts acquisitions and releases: an answer to an older question is thrown away. */
  turn: number;
}

/** What is asked of a camera. */
export interface CaptureWish extends ShownSize {
  readonly framesPerSecond: number;
}

/** What a quality wants, where nobody needs more than `most`. */
export function captureWish(quality: CallQuality, most: ShownSize | undefined): CaptureWish {
  const { width, height, framesPerSecond } = qualityLimits[quality];
  if (!most) return { width, height, framesPerSecond };
  return { width: Math.min(width, most.width), height: Math.min(height, most.height), framesPerSecond };
}

export function emptySlot(kind: DeviceKind): Slot {
  return {
    kind,
    wanted: false,
    chosenId: '',
    state: 'off',
    track: undefined,
    permission: undefined,
    isSilenced: false,
    isSubstitute: false,
    turn: 0,
  };
}

export function usedId(slot: Slot): string {
  return slot.track?.getSettings().deviceId ?? slot.chosenId;
}

/** The person closed the browser's question without an answer: asking again would only nag. */
export function wasDismissed({ permission }: Slot): boolean {
  return permission?.state === 'prompt';
}

/** A device came that is to be used: there was none, or it is the chosen one that had been unplugged. */
export function isReturned(slot: Slot, before: DeviceLists, after: DeviceLists): boolean {
  if (!slot.wanted || slot.state === 'starting' || slot.state === 'denied') return false;
  const now = listOf(slot, after);
  if (slot.track === undefined) return now.length > 0;
  return (
    slot.chosenId !== '' &&
    now.some(({ id }) => id === slot.chosenId) &&
    !listOf(slot, before).some(({ id }) => id === slot.chosenId)
  );
}

/** What is used in place of what was chosen, by name. */
export function substitutesOf(
  microphone: Slot,
  camera: Slot,
  speaker: string | undefined,
  lists: DeviceLists,
): Substitutes {
  const names = { microphone: substituteOf(microphone, lists), camera: substituteOf(camera, lists), speaker };
  return Object.fromEntries(Object.entries(names).filter(([, name]) => name !== undefined));
}

/** The name of the device that is used in place of the wanted one; undefined where that is used. */
function substituteOf(slot: Slot, lists: DeviceLists): string | undefined {
  if (!slot.track || !slot.isSubstitute) return undefined;
  return listOf(slot, lists).find(({ id }) => id === usedId(slot))?.label;
}

export function listOf(slot: Slot, lists: DeviceLists): readonly DeviceChoice[] {
  return slot.kind === 'microphone' ? lists.microphones : lists.cameras;
}

/**
 * The browser's list, by kind. Before permission it holds devices without id and name: they offer no choice, but say that there is
 * a device.
 */
export function deviceLists(all: readonly MediaDeviceInfo[]): DeviceLists {
  const ofKind = (kind: MediaDeviceKind): readonly DeviceChoice[] =>
    all.filter((device) => device.kind === kind).map(({ deviceId, label }) => ({ id: deviceId, label }));
  return { microphones: ofKind('audioinput'), cameras: ofKind('videoinput'), speakers: ofKind('audiooutput') };
}

/**
 * What we ask a kind of device for. The device is demanded, not wished for: Chromium overlooks a wish ({ ideal }) and takes its own
 * first device. Without an id, the browser chooses.
 */
export function constraintsFor(kind: DeviceKind, deviceId: string, picture: CaptureWish): MediaTrackConstraints {
  const demand: MediaTrackConstraints = deviceId === '' ? {} : { deviceId: { exact: deviceId } };
  if (kind === 'microphone')
    return { ...demand, echoCancellation: true, noiseSuppression: true, autoGainControl: true };
  const { width, height, framesPerSecond } = picture;
  return { ...demand, width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: framesPerSecond } };
}

/** Why getUserMedia gave nothing, in the words of the call model. */
export function failureOf(error: unknown): 'denied' | 'missing' | 'in-use' | 'failed' {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'missing';
  if (name === 'NotReadableError') return 'in-use';
  return 'failed';
}
