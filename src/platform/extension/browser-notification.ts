// Shows a system notification as rich as the browser can: Chrome knows buttons and notifications that stay; Firefox refuses both,
// there a click on the notification itself is all there is.
import browser from 'webextension-polyfill';

export interface RichNotification {
  readonly iconUrl: string;
  readonly title: string;
  readonly message: string;
  /** Said instead of `message` where there are no buttons. */
  readonly messageWithoutButtons?: string;
  readonly buttons?: readonly { readonly title: string }[];
  readonly requireInteraction?: boolean;
  readonly silent?: boolean;
}

export async function showNotification(id: string, notification: RichNotification): Promise<void> {
  const { messageWithoutButtons, ...rich } = notification;
  try {
    await browser.notifications.create(id, { type: 'basic', ...rich } as never);
  } catch {
    // Firefox has the event of buttons but not the buttons: only trying tells.
    const { iconUrl, title, message } = rich;
    const said = messageWithoutButtons ?? message;
    await browser.notifications.create(id, { type: 'basic', iconUrl, title, message: said });
  }
}
