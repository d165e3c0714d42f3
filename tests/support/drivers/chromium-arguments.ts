// The command line and environment of a Chromium that a test drives. Knows nothing of the extension.
import { homedir, networkInterfaces } from 'node:os';
import { join } from 'node:path';
import type { MediaFiles } from '../samples/generated-media.ts';

export type Permissions = 'granted' | 'denied' | 'none';

/** True when this machine has no network but loopback: WebRTC then needs to be told that 127.0.0.1 will do. */
function hasOnlyLoopback(): boolean {
  return !Object.values(networkInterfaces()).some((addresses) => addresses?.some((address) => !address.internal));
}

/** Flags for one profile. Without `media` Chromium shows its own test picture and beep. */
export function chromiumArguments(permissions: Permissions, media: MediaFiles | undefined): string[] {
  return [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--disable-search-engine-choice-screen',
    '--password-store=basic',
    '--window-size=1280,860',
    '--autoplay-policy=no-user-gesture-required',
    '--use-fake-device-for-media-stream',
    ...(permissions === 'granted' ? ['--use-fake-ui-for-media-stream'] : []),
    ...(media
      ? [`--use-file-for-fake-video-capture=${media.videoFile}`, `--use-file-for-fake-audio-capture=${media.audioFile}`]
      : []),
    ...(hasOnlyLoopback() ? ['--allow-loopback-in-peer-connection'] : []),
  ];
}

/** The environment: a HOME of its own (Chromium writes desktop files there) and the bus of its notifications. */
export function chromiumEnvironment(home: string, busAddress: string | undefined): Record<string, string | undefined> {
  const { XDG_CONFIG_HOME: _config, XDG_CACHE_HOME: _cache, XDG_DATA_HOME: _data, ...rest } = process.env;
  return {
    ...rest,
    HOME: home,
    XAUTHORITY: process.env['XAUTHORITY'] ?? join(homedir(), '.Xauthority'),
    ...(busAddress === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: busAddress }),
  };
}
