// Typed requests from pages to the background. One listener; refuses senders outside this extension; unknown names are an error.
import browser, { type Runtime } from 'webextension-polyfill';
import type { BackgroundRequests, RequestName } from '../../core/call/requests.ts';

interface Envelope {
  readonly request: RequestName;
  readonly argument: unknown;
}

export type RequestHandlers = {
  readonly [Name in RequestName]: (
    argument: BackgroundRequests[Name][0],
    sender: Runtime.MessageSender,
  ) => Promise<BackgroundRequests[Name][1]>;
};

function isEnvelope(message: unknown): message is Envelope {
  return typeof message === 'object' && message !== null && 'request' in message && typeof message.request === 'string';
}

/** Asks the background, which wakes up for it. Rejects when the background failed. */
export async function request<Name extends RequestName>(
  name: Name,
  argument: BackgroundRequests[Name][0],
): Promise<BackgroundRequests[Name][1]> {
  return (await browser.runtime.sendMessage({ request: name, argument })) as BackgroundRequests[Name][1];
}

/** Answers requests. Call in the first tick of the background, once. */
export function answerRequests(handlers: RequestHandlers): void {
  // Not an async listener: it would answer messages that are meant for other pages.
  browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
    if (sender.id !== browser.runtime.id || !isEnvelope(message) || !Object.hasOwn(handlers, message.request))
      return undefined;
    const handle = handlers[message.request] as (argument: unknown, from: Runtime.MessageSender) => Promise<unknown>;
    return handle(message.argument, sender);
  });
}
