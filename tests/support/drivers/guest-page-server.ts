// A web server on this machine that has the built page for guests, and writes down what it was asked for: the whole of each request's head.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';

/** The built page. */
export const guestPageFolder = resolve(import.meta.dirname, '../../../dist/guest');
const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

export interface GuestPageServer {
  /** Of the page, with the slash at its end. */
  readonly address: string;
  readonly host: string;
  /** Everything that browsers have told this server, as text. */
  readonly heard: string[];
  close(): Promise<void>;
}

/** Serves `dist/guest/` below `/join/`, as an own server does. */
export async function serveGuestPage(): Promise<GuestPageServer> {
  const heard: string[] = [];
  const server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}\n${request.rawHeaders.join('\n')}`);
    const path = new URL(request.url ?? '/', 'http://page').pathname.replace(/^\/join\/?/, '') || 'index.html';
    const file = join(guestPageFolder, path);
    readFile(file).then(
      (content) => response.setHeader('content-type', types[extname(file)] ?? 'text/plain').end(content),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    address: `http://${host}/join/`,
    host,
    heard,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
