// How well one side of the call gets through: three bars for the eye, a sentence for the ear. Tells the network from the computer.
import { Cpu } from 'lucide-preact';
import type { LinkLevel, SideQuality } from '../../core/media/link-quality.ts';
import { text } from '../../ui/texts/text.ts';
import type { TextKey } from '../../ui/texts/text-key.ts';

interface Props {
  readonly side: SideQuality;
  readonly whose: 'own' | 'theirs';
}

const litBars: Readonly<Record<LinkLevel, number>> = { good: 3, fair: 2, poor: 1, lost: 0 };
const words: Readonly<Record<LinkLevel, TextKey>> = {
  good: 'callLinkGood',
  fair: 'callLinkFair',
  poor: 'callLinkPoor',
  lost: 'callLinkLost',
};

/** The bars in words: "Connection: weak", or whose computer is busy. */
export function linkWords({ level, cause }: SideQuality, whose: Props['whose']): string {
  if (cause === 'cpu') return text(whose === 'own' ? 'callOwnComputerBusy' : 'callTheirComputerBusy');
  return text('callLinkQuality', text(words[level]));
}

export function SignalBars({ side, whose }: Props) {
  const lit = litBars[side.level];
  return (
    <span class={`signal-bars level-${side.level}`}>
      <svg viewBox="0 0 18 16" width="18" height="16" aria-hidden="true">
        {[0, 1, 2].map((bar) => (
          <rect
            key={bar}
            class={bar < lit ? 'lit' : ''}
            x={1 + bar * 6}
            y={10 - bar * 4.5}
            width="4"
            height={5 + bar * 4.5}
            rx="1.2"
          />
        ))}
        {side.level === 'lost' && <path class="strike" d="M2 2 L16 15" />}
      </svg>
      {side.cause === 'cpu' && <Cpu class="busy" size={16} aria-hidden="true" />}
      <span class="visually-hidden">{linkWords(side, whose)}</span>
    </span>
  );
}
