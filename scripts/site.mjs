// npm run site: the documents as static pages in dist/site, for any web server.
import { ensureInstalled, runMain } from '../tools/machine/install.mjs';

await runMain(async () => {
  ensureInstalled();
  // Its library may have been installed just now.
  const { buildSite } = await import('../tools/site/site.mjs');
  const { folder, pages } = buildSite();
  console.log(`${pages} pages in ${folder}`);
});
