// The pages of the settings and their addresses: `#calls`, `#network` … Old addresses and those of a part lead to the page that holds it.

export const settingsPlaces = [
  'identity',
  'calls',
  'devices',
  'appearance',
  'network',
  'privacy',
  'data',
  'about',
] as const;
export type SettingsPlace = (typeof settingsPlaces)[number];

/** A part of a page, by the id of its heading. */
export type SettingsPart = 'relays' | 'words';

const parts: Readonly<Record<SettingsPart, SettingsPlace>> = { relays: 'network', words: 'identity' };

export interface WantedPlace {
  readonly place: SettingsPlace;
  readonly part?: SettingsPart;
}

/** Which page an address asks for (`#network`, with or without the sign); the first for what is none. */
export function placeOf(hash: string): WantedPlace {
  const name = hash.replace(/^#/, '');
  const place = settingsPlaces.find((one) => one === name);
  if (place) return { place };
  const part = (Object.keys(parts) as SettingsPart[]).find((one) => one === name);
  return part ? { place: parts[part], part } : { place: 'identity' };
}
