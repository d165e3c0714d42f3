// CONTEXT offscreen document: plays the ringtone for as long as the document is open. Its address says which, how loud and where.
import { ringtoneNames } from '../core/base/ringtone-name.ts';
import { TonePlayer } from '../ui/sound/tone-player.ts';

const query = new URLSearchParams(location.search);
const tone = ringtoneNames.find((name) => name === query.get('tone')) ?? 'chime';
const volume = Math.min(1, Math.max(0, Number(query.get('volume') ?? 1)));
new TonePlayer().play(tone, { loop: true, volume, speakerId: query.get('speaker') ?? '' });
