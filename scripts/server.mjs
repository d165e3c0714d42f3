// `npm run server -- --local` and `npm run server -- --domain DOMAIN`: the server command (server/server) out of a clone, with the programs
// that it needs for trying, and with the guest page where one was built.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ensureInstalled, root, runMain } from '../tools/machine/install.mjs';

const args = process.argv.slice(2);
const page = join(root, 'dist', 'guest');

function start() {
  if (args.includes('--local')) ensureInstalled({ brokers: true, turn: true, webServer: true });
  const hasPage = !args.includes('--page') && existsSync(join(page, 'index.html'));
  const command = spawn(join(root, 'server', 'server'), [...args, ...(hasPage ? ['--page', page] : [])], {
    stdio: 'inherit',
  });
  // At the terminal it hears of Ctrl+C itself.
  process.on('SIGINT', () => undefined);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => command.kill(signal));
  command.once('close', (code) => {
    process.exitCode = code ?? 1;
  });
}

await runMain(async () => start());
