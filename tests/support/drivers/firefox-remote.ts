// WebDriver BiDi beside puppeteer-core: Firefox's own windows (its "chrome" scope) and the list of tabs, for which puppeteer has no
// methods. Knows nothing of the extension.
import type { Browser } from 'puppeteer-core';

/** One tab or window with its address. */
export interface OpenTab {
  readonly context: string;
  readonly url: string;
}

interface Connection {
  send(method: string, params: object): Promise<{ readonly result: unknown }>;
}

interface Evaluation {
  readonly type: 'success' | 'exception';
  readonly result?: { readonly type: string; readonly value?: unknown };
  readonly exceptionDetails?: { readonly text: string };
}

export class FirefoxRemote {
  readonly #connection: Connection;

  constructor(browser: Browser) {
    this.#connection = (browser as unknown as { readonly connection: Connection }).connection;
  }

  async send<Result>(method: string, params: object): Promise<Result> {
    return (await this.#connection.send(method, params)).result as Result;
  }

  async tabs(): Promise<readonly OpenTab[]> {
    const { contexts } = await this.send<{ contexts: readonly OpenTab[] }>('browsingContext.getTree', { maxDepth: 0 });
    return contexts;
  }

  /**
   * Runs a script in the newest of the browser's own windows and returns what it returns: a string, number, boolean or nothing. As
   * the body of an async function; it sees `window`, `document`, `gBrowser`, `Services` and all else that Firefox's own code sees.
   */
  async inBrowserWindow(script: string): Promise<unknown> {
    const { contexts } = await this.send<{ contexts: readonly OpenTab[] }>('browsingContext.getTree', {
      maxDepth: 0,
      'moz:scope': 'chrome',
    });
    const window = contexts.filter(({ url }) => url.endsWith('/browser.xhtml')).at(-1);
    if (!window) throw new Error(`No browser window among ${JSON.stringify(contexts.map(({ url }) => url))}`);
    const evaluation = await this.send<Evaluation>('script.evaluate', {
      expression: `(async () => { ${script} })()`,
      target: { context: window.context },
      awaitPromise: true,
    });
    if (evaluation.type === 'exception') throw new Error(`In Firefox's window: ${evaluation.exceptionDetails?.text}`);
    return evaluation.result?.value;
  }
}
