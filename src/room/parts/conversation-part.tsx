// The talk of a room.
import { useEffect, useRef } from 'preact/hooks';
import { text } from '../../ui/texts/text.ts';
import type { RoomModel } from '../model/room-model.ts';
import { Composer } from './composer.tsx';
import { MessageList, maxWords } from './message-list.tsx';

/** The last words are on the screen; what comes scrolls only where somebody is at the end already. */
function useEndInSight(count: number) {
  const end = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const seen = new IntersectionObserver(([entry]) => {
      isAtEnd.current = entry?.isIntersecting ?? false;
    });
    if (end.current) seen.observe(end.current);
    return () => seen.disconnect();
  }, []);
  useEffect(() => {
    if (isAtEnd.current) end.current?.scrollIntoView({ block: 'nearest' });
  }, [count]);
  return end;
}

export function ConversationPart({ room }: { readonly room: RoomModel }) {
  const messages = room.conversation;
  const end = useEndInSight(messages.length);
  return (
    <div class="part conversation">
      {messages.length === 0 ? <p class="hint">{text('roomConversationEmpty')}</p> : null}
      <MessageList room={room} messages={messages} label={text('roomMessages')} saysAbout />
      {room.canWrite.value ? (
        <Composer
          label={text('roomSayLabel')}
          send={text('roomSay')}
          most={maxWords}
          onSend={(words) => room.say(words)}
        />
      ) : null}
      <div ref={end} />
    </div>
  );
}
