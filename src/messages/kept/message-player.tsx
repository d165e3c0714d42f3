// A message as it is played: never larger than the page, with the browser's own controls.
import type { MessageKind } from '../../core/messages/left-message.ts';

interface Props {
  readonly kind: MessageKind;
  readonly url: string;
  readonly label: string;
  readonly playsAtOnce: boolean;
}

export function Player({ kind, url, label, playsAtOnce }: Props) {
  const common = { class: 'message-player', src: url, 'aria-label': label, controls: true, autoplay: playsAtOnce };
  return kind === 'video' ? <video {...common} playsInline /> : <audio {...common} />;
}
