// Whoever forwards between two others is told so, by name, until it is read; and again when it is for others.
import { Waypoints } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import { SideNotice } from '../kit/side-notice.tsx';
import type { GroupModel } from '../model/group-model.ts';

export function BridgeNote({ group }: { readonly group: GroupModel }) {
  const [read, setRead] = useState<readonly string[]>([]);
  const sentences = group.bridging.value.map(([one, other]) => text('groupBridging', one, other));
  const unread = sentences.filter((sentence) => !read.includes(sentence));
  return (
    <SideNotice
      isShown={unread.length > 0}
      Icon={Waypoints}
      answers={
        <button type="button" class="button" onClick={() => setRead(sentences)}>
          {text('callDismiss')}
        </button>
      }
    >
      {unread.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
    </SideNotice>
  );
}
