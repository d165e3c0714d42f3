// What the session hears from the flow of a call, and where each word goes: the model, the stores, the other side's media.
import type { Bytes } from '../../core/base/bytes.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { SasEmoji } from '../../core/identity/sas-emoji.ts';
import type { Card } from '../../core/signaling/control-message.ts';
import type { CallModel } from '../model/call-model.ts';
import type { QualityControl } from '../quality/quality-control.ts';
import type { CallSupplies, FlowEvents } from './call-supplies.ts';
import type { SessionDevices } from './device-share.ts';
import type { FailureFindings } from './failure-findings.ts';
import type { RemoteMedia } from './remote-media.ts';

export interface FlowEventsParts {
  readonly model: CallModel;
  readonly supplies: CallSupplies;
  readonly contact: Contact;
  readonly devices: SessionDevices;
  readonly remote: RemoteMedia;
  readonly quality: QualityControl;
  readonly beside: { prove(participant: string): void };
  /** Runs what can wait until the first pictures are there. */
  readonly afterPicture: (run: () => void) => void;
  readonly leaveRelays: () => void;
  readonly failure: FailureFindings;
}

export function flowEvents(parts: FlowEventsParts): FlowEvents {
  const { model, supplies, contact, devices, remote, quality, beside, afterPicture, leaveRelays, failure } = parts;
  return {
    ownMedia: () => devices.sent,
    onTrack: (track, isScreen) => remote.add(track, isScreen),
    onRemoteMedia: (media) => remote.tell(media),
    onRemoteQuality: (report) => quality.heard(report),
    onRemoteView: (part, size) => quality.heardView(part, size),
    onEmoji: (emoji: readonly SasEmoji[]) =>
      afterPicture(() => {
        model.security.value = { state: 'ready', emoji, verification: contact.verification };
      }),
    onClockSkew: (ms: number) => {
      model.clockSkewMs.value = ms;
    },
    onFindings: (theirs) => failure.hear(theirs),
    onCard: (card: Card) => afterPicture(() => supplies.cards.heard(card)),
    onKept: (inbox: Bytes) => afterPicture(() => supplies.cards.kept(inbox)),
    onGreeted: () => {
      quality.greeted();
      beside.prove(contact.id);
    },
    // Everything from here on goes over the data channel: all relays may die.
    onProven: () => afterPicture(leaveRelays),
  };
}
