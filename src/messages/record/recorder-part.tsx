// Where a message is recorded: who it is for is read from the address, and looked up.
import { useEffect, useMemo, useState } from 'preact/hooks';
import * as v from 'valibot';
import { byteString } from '../../core/base/wire-object.ts';
import type { Contact } from '../../core/identity/contact.ts';
import type { LeftMessage } from '../../core/messages/left-message.ts';
import { SettingsStore } from '../../platform/store/settings-store.ts';
import { text } from '../../ui/texts/text.ts';
import type { MessagesModel } from '../kept/messages-model.ts';
import { type MessageSubject, Recorder } from './recorder.ts';
import { RecorderView } from './recorder-view.tsx';

export interface RecorderPartProps {
  readonly model: MessagesModel;
  readonly asked: Readonly<Record<string, string>>;
  readonly toList: () => void;
  readonly close: () => void;
}

/** An address is only a question: what it says is checked, and nothing begins by it. */
const askedSchema = v.object({
  to: v.string(),
  call: byteString(16),
  at: v.pipe(v.string(), v.transform(Number), v.safeInteger(), v.minValue(0)),
  media: v.picklist(['audio', 'video']),
});

function subjectOf(asked: RecorderPartProps['asked'], draft: LeftMessage | undefined): MessageSubject | undefined {
  if (draft) return { contactId: draft.contactId, callId: draft.callId, at: draft.at, media: 'video' };
  const parsed = v.safeParse(askedSchema, asked);
  if (!parsed.success) return undefined;
  const { to: contactId, call: callId, at, media } = parsed.output;
  return { contactId, callId, at: Math.min(at, Date.now()), media };
}

export function RecorderPart({ model, asked, toList, close }: RecorderPartProps) {
  // As they were when the page was opened: recording changes them.
  const [draft] = useState(() =>
    model.messages.peek()?.find((one) => one.m === asked['draft'] && one.state === 'draft'),
  );
  const subject = useMemo(() => subjectOf(asked, draft), [asked, draft]);
  const contact: Contact | undefined = subject && model.contacts.value.get(subject.contactId);
  const recorder = useMemo(
    () =>
      subject &&
      new Recorder({
        subject,
        store: model.store,
        ownId: () => model.ownId(),
        choice: () => new SettingsStore(model.database).read(),
      }),
    [subject, model],
  );
  useEffect(() => {
    if (recorder && draft?.direction === 'out') void recorder.resume(draft);
  }, [recorder, draft]);
  if (!recorder || !contact || contact.blocked)
    return (
      <div class="message-recorder">
        <h1>{text('messagesTitle')}</h1>
        <p>{text('messagesNobody')}</p>
        <div class="actions">
          <button type="button" class="button primary" onClick={toList}>
            {text('messagesShowAll')}
          </button>
        </div>
      </div>
    );
  return <RecorderView recorder={recorder} contact={contact} toList={toList} close={close} />;
}
