// The only way to the console. Redacts what could name a person, a key or a network address.

/** One line of a log: what happened, and plain facts. */
export type Facts = Readonly<Record<string, string | number | boolean | undefined>>;

const secrets: readonly [RegExp, string][] = [
  [/ffc:1:[A-Za-z0-9_-]+/g, '<link>'],
  [/[0-9a-f]{32,}/gi, '<hex>'],
  [/[A-Za-z0-9_-]{22,}/g, '<key>'],
  [/\b\d{1,3}(?:\.\d{1,3}){3}\b/g, '<ip>'],
  [/\b(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}\b/gi, '<ip>'],
  [/(wss?|https?):\/\/[^\s/]+/g, '$1://<host>'],
];

/** The text without keys, ids, links and addresses. */
function redact(text: string): string {
  return secrets.reduce((left, [pattern, instead]) => left.replace(pattern, instead), text);
}

function line(facts: Facts): string {
  return Object.entries(facts)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}=${redact(String(value))}`)
    .join(' ');
}

/** One info line per step of a call's life; faults with their cause. */
export interface Logger {
  info(event: string, facts?: Facts): void;
  fault(event: string, error: unknown): void;
}

export function makeLogger(context: string): Logger {
  return {
    info: (event, facts = {}) => {
      // biome-ignore lint/suspicious/noConsole: the one door to the console
      console.info(`[${context}] ${event} ${line(facts)}`.trimEnd());
    },
    fault: (event, error) => {
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      // biome-ignore lint/suspicious/noConsole: the one door to the console
      console.warn(`[${context}] ${event}: ${redact(text)}`);
    },
  };
}
