// The word `quality`: how its sender sees the link from its end: what it sends, what it receives, whether its computer is short, and
// whether it has paused its picture for the network's sake. Said when it changes; at first all is well.
import * as v from 'valibot';
import { wireObject } from '../../core/base/wire-object.ts';
import type { ControlWord, WordPlug } from '../../link/proven/control-words.ts';

const schema = wireObject({
  sends: v.picklist(['good', 'fair', 'poor']),
  receives: v.picklist(['good', 'fair', 'poor']),
  busy: v.boolean(),
  paused: v.boolean(),
});

export type QualityReport = v.InferOutput<typeof schema>;

const qualityWord: ControlWord<QualityReport> = { t: 'quality', schema, everyMs: 100 };

const allGood: QualityReport = { sends: 'good', receives: 'good', busy: false, paused: false };

/** What the two sides of one link have said of it. */
export class QualityReports {
  readonly #onHeard: () => void;
  #say: (report: QualityReport) => boolean = () => false;
  #theirs = allGood;
  #told = allGood;

  constructor(onHeard: () => void) {
    this.#onHeard = onHeard;
  }

  /** @param say says whether the other side was told. */
  onTell(say: (report: QualityReport) => boolean): void {
    this.#say = say;
  }

  /** What the other side said of itself last. */
  get theirs(): QualityReport {
    return this.#theirs;
  }

  /** Another connection: nothing has been said over it. */
  forget(): void {
    this.#theirs = allGood;
    this.#told = allGood;
  }

  tell(report: QualityReport): void {
    if (JSON.stringify(report) === JSON.stringify(this.#told)) return;
    if (this.#say(report)) this.#told = report;
  }

  hear(report: QualityReport): void {
    this.#theirs = report;
    this.#onHeard();
  }
}

export const qualityPlug: WordPlug<{ readonly quality: { readonly reports: QualityReports } }> = {
  words: [qualityWord],
  plug(words, { quality: { reports } }) {
    reports.onTell((report) => words.say(qualityWord, report));
    words.on(qualityWord, (report) => reports.hear(report));
    return undefined;
  },
};
