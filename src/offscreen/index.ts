// CONTEXT offscreen document: plays the ringtone for as long as the document is open. Knows nothing else.
import { TonePlayer } from '../ui/tone-player.ts';

new TonePlayer().play('ringtone', { loop: true });
