// Whoever forwards between two others is told so, by name, until it is read; and again when it is for others.
import { Waypoints } from 'lucide-preact';
import { useState } from 'preact/hooks';
import { text } from '../platform/text.ts';
import type { GroupModel } from './group-model.ts';

export function BridgeNote({ group }: { readonly group: GroupModel }) {
  const [read, setRead] = useState<readonly string[]>([]);
  const sentences = group.bridging.value.map(([one, other]) => text('groupBridging', one, other));
  const unread = sentences.filter((sentence) => !read.includes(sentence));
  const isShown = unread.length > 0;
  return (
    <div class={isShown ? 'device-notice bandwidth-notice' : ''}>
      {isShown && <Waypoints size={20} aria-hidden="true" />}
      <div>
        {/* Always there, so that what comes into it is read out. */}
        <div role="status">
          {unread.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
        {isShown && (
          <div class="notice-answers">
            <button type="button" class="button" onClick={() => setRead(sentences)}>
              {text('callDismiss')}
            </button>
          </div>
        )}
      </div>
    </div>
  );
}
