// What is said on the page of a call when a message that was left has come, or is there. Loaded once a link is proven.
import { announce } from '../../ui/live-region.tsx';
import { text } from '../../ui/texts/text.ts';

export function tellNews(news: 'arrived' | 'delivered', name: string): void {
  announce(text(news === 'arrived' ? 'messagesArrivedNow' : 'messagesDeliveredNow', name));
}
