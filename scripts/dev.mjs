// npm run dev: the loop of somebody who changes the product. A Chromium with the extension in it, whose pages show a change at once; it keeps
// its profile in artifacts/dev, so that an identity made there stays. -- --gallery serves the gallery alone, for any browser.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { requireChromium } from '../tools/machine/chromium.mjs';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';

const { values: options } = parseArgs({ options: { gallery: { type: 'boolean', default: false } } });

/** Until Ctrl+C, or until the browser was closed by hand. */
const interruption = new Promise((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, resolve);
});

async function serveGallery() {
  const { createServer } = await import('vite');
  const server = await createServer({
    configFile: join(root, 'vite.gallery.config.ts'),
    server: { host: '127.0.0.1' },
  });
  await server.listen();
  const [address] = server.resolvedUrls?.local ?? [];
  console.log(`\nThe gallery: ${address}src/gallery/index.html\nA change in src/ shows at once. Ctrl+C ends it.`);
  await interruption;
  await server.close();
}

/** Chromium with the extension of dist/dev, which asks Vite for every file. */
async function openBrowser() {
  const { default: puppeteer } = await import('puppeteer-core');
  const userDataDir = join(root, 'artifacts', 'dev');
  mkdirSync(userDataDir, { recursive: true });
  const browser = await puppeteer.launch({
    executablePath: requireChromium(),
    pipe: true,
    headless: false,
    enableExtensions: true,
    userDataDir,
    defaultViewport: null,
    args: ['--no-first-run', '--no-default-browser-check', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const id = await browser.installExtension(join(root, 'dist', 'dev'));
  const page = await browser.newPage();
  await page.goto(`chrome-extension://${id}/src/options/index.html`);
  return browser;
}

async function serveExtension() {
  if (!process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY'] && process.platform === 'linux')
    throw new Error(
      'There is no display for a browser. "npm run dev -- --gallery" serves every view for a browser elsewhere.',
    );
  process.env['TARGET'] = 'chrome';
  const { createServer } = await import('vite');
  const server = await createServer({ configFile: join(root, 'vite.config.ts'), server: { host: '127.0.0.1' } });
  await server.listen();
  const browser = await openBrowser();
  console.log('\nThe extension is open in Chromium. A change in src/ shows at once. Ctrl+C ends it.');
  await Promise.race([interruption, new Promise((resolve) => browser.once('disconnected', resolve))]);
  await browser.close().catch(() => undefined);
  await server.close();
}

await runMain(async () => {
  ensureInstalled(options.gallery ? {} : { browsers: ['chromium'] });
  await (options.gallery ? serveGallery() : serveExtension());
});
process.exit();
