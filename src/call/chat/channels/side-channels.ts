// What goes beside the media to one participant: chat and files. Outlives connections: a new one is attached in place of the last, and
// everything goes on from where it was.

import type { Clock } from '../../../core/base/ports.ts';
import type { ChatSaying } from '../../../core/transfer/chat.ts';
import type { ChannelMaker } from '../../../link/connection/negotiated-channel.ts';
import { FileChannel } from '../../../link/transfer/file-channel.ts';
import type { FileView } from '../../../link/transfer/file-state.ts';
import type { FilesBeside, FilesOut } from '../../../link/transfer/files-beside.ts';
import { ReceivingFiles, type ReceivingParts } from '../../../link/transfer/receiving-files.ts';
import { SendingFiles, type SendingParts } from '../../../link/transfer/sending-files.ts';
import { ChatChannel } from './chat-channel.ts';

export interface SideChannelParts {
  readonly participant: string;
  readonly disk: ReceivingParts['disk'];
  readonly isContact: ReceivingParts['isContact'];
  readonly offered: SendingParts['offered'];
  readonly clock: Clock;
  /** What else goes over the channels of files with somebody, if anything does. */
  readonly besideFiles?: ((participant: string, channel: FilesOut) => FilesBeside) | undefined;
  readonly onSaid: (saying: ChatSaying) => void;
  readonly onArrived: (messageId: string) => void;
  readonly onFile: (view: FileView) => void;
  /** Whether words get through. */
  readonly onUp: (isUp: boolean) => void;
}

export class SideChannels {
  readonly participant: string;
  readonly sending: SendingFiles;
  readonly receiving: ReceivingFiles;
  readonly #chat: ChatChannel;
  readonly #files: FileChannel;
  readonly #beside: FilesBeside | undefined;

  constructor(parts: SideChannelParts) {
    const { participant, disk, isContact, offered, clock, onSaid, onArrived, onFile, onUp } = parts;
    this.participant = participant;
    this.#chat = new ChatChannel({
      clock,
      onSaid,
      onArrived,
      onUp: () => onUp(true),
      onDown: () => onUp(false),
    });
    const channel = new FileChannel({
      now: () => clock.now(),
      // A word about a file that goes out is for its sender; every other one is about what comes in.
      onWord: (word) => {
        if (this.#beside?.knows(word.id)) this.#beside.hear(word);
        else (this.sending.knows(word.id) || word.t === 'wanted' ? this.sending : this.receiving).hear(word);
      },
      onFrame: (frame) => (this.#beside?.knows(frame.id) ? this.#beside : this.receiving).take(frame),
      onSent: (id, length) => (this.#beside?.knows(id) ? this.#beside : this.sending).sent(id, length),
      onUp: () => {
        this.sending.linked();
        this.receiving.linked();
        this.#beside?.linked();
      },
      onDown: () => {
        this.sending.unlinked();
        this.receiving.unlinked();
        this.#beside?.unlinked();
      },
    });
    this.#files = channel;
    this.#beside = parts.besideFiles?.(participant, channel);
    this.sending = new SendingFiles({ participant, channel, offered, onChange: onFile });
    this.receiving = new ReceivingFiles({
      participant,
      disk,
      isContact,
      say: (word) => channel.say(word),
      onChange: onFile,
    });
  }

  /** This connection carries both from now on. Before its first description, so that nothing is negotiated for them. */
  attach(connection: ChannelMaker): void {
    this.#chat.attach(connection);
    this.#files.attach(connection);
  }

  /** The connection is known to be theirs: what came is read, and what waited is sent. */
  prove(): void {
    this.#chat.prove();
    this.#files.prove();
  }

  /** Words of the chat go by way of others as well, or no more. Files wait for a link. */
  detour(say: ((word: string) => void) | undefined): void {
    this.#chat.detour(say);
  }

  /** A word of the chat that others have handed over. */
  hear(word: string): void {
    this.#chat.hear(word);
  }

  say(saying: ChatSaying): void {
    this.#chat.say(saying);
  }

  close(): void {
    this.#chat.close();
    this.#files.close();
  }
}
