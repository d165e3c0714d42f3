// The call with the room beside it, where the call is a meeting of one; the same elements without one, so that no picture is taken down when it
// becomes one. The panel is loaded when it is first shown.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { latePart } from '../../ui/late-part.tsx';
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';
import { isElsewhere, writesLatin } from '../controls/shortcuts.ts';
import { bindKeys } from '../kit/bind-keys.ts';
import type { GroupModel } from '../model/group-model.ts';
import { meetingButtonId } from './meeting-ids.ts';

const { Part: Panel } = latePart(async () => (await import('./meeting-panel.tsx')).MeetingPanel, {
  failed: 'callNotLoaded',
  placeClass: 'side-panel',
});

/** In a narrower window one of the two panels is shown. */
const bothFrom = 1_400;

interface FrameProps {
  readonly group: Pick<GroupModel, 'meeting' | 'participants'>;
  /** Whether the chat is open; it is told to close where there is no place for both. */
  readonly isChatOpen: boolean;
  readonly onCloseChat: () => void;
  readonly children: ComponentChildren;
}

export function MeetingFrame({ group, isChatOpen, onCloseChat, children }: FrameProps) {
  const meeting = group.meeting.value;
  const isOpen = meeting?.model.isOpen.value === true;
  const was = useRef({ isOpen, isChatOpen });
  useEffect(() => {
    if (!meeting) return undefined;
    announce(text('meetingBegan', meeting.model.name.peek()));
    const toggle = (event: KeyboardEvent) => {
      if (isElsewhere(event)) return;
      event.preventDefault();
      meeting.actions.open(!meeting.model.isOpen.peek());
    };
    return bindKeys(window, {
      r: toggle,
      KeyR: (event) => {
        if (!writesLatin(event)) toggle(event);
      },
    });
  }, [meeting]);
  useEffect(() => {
    const before = was.current;
    was.current = { isOpen, isChatOpen };
    if (before.isOpen && !isOpen && document.activeElement === document.body)
      document.getElementById(meetingButtonId)?.focus();
    if (!isOpen || !isChatOpen || innerWidth >= bothFrom) return;
    // The one that was opened last stays.
    if (before.isChatOpen) onCloseChat();
    else meeting?.actions.open(false);
  }, [isOpen, isChatOpen]);
  return (
    <div class={`side-frame meeting-frame${isOpen ? ' open' : ''}`}>
      {children}
      {meeting && isOpen && <Panel meeting={meeting} group={group} />}
    </div>
  );
}
