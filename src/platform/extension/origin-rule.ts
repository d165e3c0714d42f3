// Firefox writes into every request of ours, as `Origin`, an address that this installation alone has: relays could follow it by that for
// ever. A rule takes the header off our own sockets (fetch sends none), and nothing connects before the rule is there. Chrome's address is the same for
// everybody, and says no more than that this is the extension. Knows no relay.

const ruleId = 1;

/** The one rule, in the words of declarativeNetRequest. */
export interface HeaderRule {
  readonly id: number;
  readonly priority: number;
  readonly condition: { readonly resourceTypes: readonly string[]; readonly initiatorDomains: readonly string[] };
  readonly action: {
    readonly type: 'modifyHeaders';
    readonly requestHeaders: readonly { readonly header: string; readonly operation: 'remove' }[];
  };
}

/** What is used of the browser. */
export interface OriginPorts {
  /** `moz-extension://HOST/` or `chrome-extension://HOST/`. */
  readonly ownUrl: string;
  sessionRules(): Promise<readonly unknown[]>;
  replaceRule(rule: HeaderRule): Promise<void>;
  /** Whether the person lets the extension change requests to all hosts: without that the rule does nothing. */
  hasSiteAccess(): Promise<boolean>;
}

/** Sockets of our own pages only: those of other sites keep their Origin, which protects whoever they ask. */
function ruleFor(ownUrl: string): HeaderRule {
  return {
    id: ruleId,
    priority: 1,
    condition: { resourceTypes: ['websocket'], initiatorDomains: [new URL(ownUrl).hostname] },
    action: { type: 'modifyHeaders', requestHeaders: [{ header: 'origin', operation: 'remove' }] },
  };
}

/** Looks at what matters of a rule that the browser gives back with more fields than it was given. */
function isSameRule(stored: unknown, rule: HeaderRule): boolean {
  if (typeof stored !== 'object' || stored === null) return false;
  const { id, condition, action } = stored as Partial<HeaderRule>;
  const [header, ...more] = action?.requestHeaders ?? [];
  const facts = [
    id,
    condition?.resourceTypes,
    condition?.initiatorDomains,
    action?.type,
    header?.header,
    header?.operation,
  ];
  const { condition: wanted } = rule;
  const same = [rule.id, wanted.resourceTypes, wanted.initiatorDomains, 'modifyHeaders', 'origin', 'remove'];
  return more.length === 0 && JSON.stringify(facts) === JSON.stringify(same);
}

/**
 * Whether a connection that is made now tells nobody which installation this is; brings the rule there where it is missing. Asked before
 * each connection by whoever makes it: rules of a session are gone after a restart, and a person may take the permission back. Never rejects.
 */
export async function hidesOwnOrigin(ports: OriginPorts): Promise<boolean> {
  if (!ports.ownUrl.startsWith('moz-extension:')) return true;
  const rule = ruleFor(ports.ownUrl);
  try {
    if (!(await ports.hasSiteAccess())) return false;
    if (!(await ports.sessionRules()).some((stored) => isSameRule(stored, rule))) await ports.replaceRule(rule);
    return true;
  } catch {
    return false;
  }
}
