// What messages in a call need of the extension's own stores and files. Loaded once a link is proven.
import { removeMessage, sealedFile } from '../../platform/messages/message-files.ts';
import { MessageStore } from '../../platform/messages/message-store.ts';
import type { ContactStore } from '../../platform/store/contact-store.ts';
import { type Database, onStoreChanged } from '../../platform/store/database.ts';
import { DiskStore } from '../transfer/disk-store.ts';
import { MessageExchange } from './message-exchange.ts';
import type { OpenExchange } from './message-ways.ts';

interface OwnExchangeParts {
  readonly database: Database;
  readonly contacts: Pick<ContactStore, 'get'>;
  /** Said on the page of the call. */
  readonly onNews: (news: 'arrived' | 'delivered', name: string) => void;
  readonly fault: (error: unknown) => void;
}

/** With contacts alone, and not with those who are blocked. */
export function ownExchanges({ database, contacts, onNews, fault }: OwnExchangeParts): OpenExchange {
  const store = new MessageStore(database);
  const disk = new DiskStore('messages');
  return async (contactId, way) => {
    const contact = await contacts.get(contactId);
    if (contact?.blocked !== false) return undefined;
    const exchange = new MessageExchange({
      ...way,
      contactId,
      store,
      disk,
      read: sealedFile,
      remove: removeMessage,
      now: () => Date.now(),
      onNews: (news) => onNews(news, contact.name),
      fault,
    });
    // Another page has taken one back, or left one.
    onStoreChanged((changed) => {
      if (changed === 'messages') void exchange.tell().catch(fault);
    });
    return exchange;
  };
}
