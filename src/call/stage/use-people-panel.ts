// Whether the panel of people is open. There is room for one panel beside the stage: the people or the chat.
import { useEffect, useRef, useState } from 'preact/hooks';
import { useChat } from '../chat/chat-context.ts';
import { peopleButtonId } from '../people/people-panel.tsx';

export function usePeoplePanel() {
  const chat = useChat();
  const [isOpen, setOpen] = useState(false);
  const isChatOpen = chat?.model.isOpen.value ?? false;
  const wasOpen = useRef(false);
  useEffect(() => {
    // The focus was in the panel, which is gone.
    const isLost = document.activeElement === null || document.activeElement === document.body;
    if (!isOpen && wasOpen.current && isLost) document.getElementById(peopleButtonId)?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
  useEffect(() => {
    if (isChatOpen) setOpen(false);
  }, [isChatOpen]);
  return {
    isOpen,
    close: () => setOpen(false),
    toggle: () => {
      if (!isOpen) chat?.actions.open(false);
      setOpen(!isOpen);
    },
  };
}
