// A few dozen emoji to click. Everything else comes from the system's own palette. One stop for the Tab key, arrows inside.
import { useEffect, useRef, useState } from 'preact/hooks';
import { direction, text } from '../../ui/texts/text.ts';

const columns = 8;
const emoji = [
  ...['😀', '😄', '😂', '🤣', '😊', '😉', '😍', '😘', '😎', '🤔', '😐', '😴', '😢', '😭', '😱', '😡'],
  ...['👍', '👎', '👌', '👏', '🙌', '🙏', '💪', '👋', '🤝', '🤷', '🤦', '✌️', '🤞', '👀', '🧠', '🫶'],
  ...['❤️', '💔', '🔥', '✨', '🎉', '🎂', '☕', '🍕', '🐶', '🐱', '🌍', '☀️', '🌧️', '🚀', '⏰', '💡'],
  ...['✅', '❌', '❓', '❗', '➡️', '📎', '📷', '🎵'],
];

interface Props {
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
}

export function EmojiPalette({ onPick, onClose }: Props) {
  const palette = useRef<HTMLDivElement>(null);
  const [at, setAt] = useState(0);
  useEffect(() => {
    palette.current?.querySelectorAll('button')[at]?.focus();
  }, [at]);
  const toTheRight = direction() === 'rtl' ? -1 : 1;
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: toTheRight,
    ArrowLeft: -toTheRight,
    ArrowDown: columns,
    ArrowUp: -columns,
  };
  return (
    <div
      ref={palette}
      class="emoji-palette"
      role="toolbar"
      aria-label={text('chatEmoji')}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (event.key === 'Escape') {
          event.stopPropagation();
          onClose();
        } else if (step !== undefined) {
          event.preventDefault();
          setAt(Math.min(emoji.length - 1, Math.max(0, at + step)));
        }
      }}
    >
      {emoji.map((one, index) => (
        <button key={one} type="button" tabIndex={index === at ? 0 : -1} onClick={() => onPick(one)}>
          {one}
        </button>
      ))}
    </div>
  );
}
