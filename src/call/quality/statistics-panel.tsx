// What the link does this second, for the curious: which way it runs, and a table of what is sent and received. Open beside the call,
// which goes on under it.

import { X } from 'lucide-preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import { CopyButton } from '../../ui/copy-button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { text } from '../../ui/texts/text.ts';
import type { PersonModel } from '../model/person-model.ts';
import { linkWords, SignalBars } from './signal-bars.tsx';
import { addressRows, routeWords, type StatisticsRow, statisticsGroups, statisticsText } from './statistics-rows.ts';

interface Props {
  readonly model: PersonModel;
  readonly onClose: () => void;
}

export function StatisticsPanel({ model, onClose }: Props) {
  const panel = useRef<HTMLElement>(null);
  const titleId = useId();
  // Whoever opens it by a key or a button reads on in it, and comes back to where they were.
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const sample = model.statistics.value;
  const name = model.contactName.value || text('callTheOther');
  return (
    <section
      ref={panel}
      id="statistics"
      class="stats-panel"
      aria-labelledby={titleId}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <div class="stats-head">
        <h2 id={titleId}>{text('callStatistics')}</h2>
        <IconButton icon={X} label={text('callStatisticsClose')} size={18} onClick={onClose} />
      </div>
      <dl class="stats-summary">
        <div>
          <dt>{text('statsRoute')}</dt>
          <dd>{routeWords(sample)}</dd>
        </div>
        <div>
          <dt>{text('statsYouToThem', name)}</dt>
          <dd>
            <SignalBars side={model.ownQuality.value} whose="own" />
            <span aria-hidden="true">{linkWords(model.ownQuality.value, 'own')}</span>
          </dd>
        </div>
        <div>
          <dt>{text('statsThemToYou', name)}</dt>
          <dd>
            <SignalBars side={model.remoteQuality.value} whose="theirs" />
            <span aria-hidden="true">{linkWords(model.remoteQuality.value, 'theirs')}</span>
          </dd>
        </div>
      </dl>
      {sample ? (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
          <section class="stats-scroll" tabIndex={0} aria-label={text('statsValues')}>
            <table class="stats-table">
              <thead>
                <tr>
                  <th scope="col">{text('statsValue')}</th>
                  <th scope="col">{text('statsSent')}</th>
                  <th scope="col">{text('statsReceived')}</th>
                </tr>
              </thead>
              {statisticsGroups(sample).map(({ title, rows }, i) => (
                <tbody key={title}>
                  <tr>
                    <th scope="rowgroup" colSpan={3} class="stats-group">
                      {title}
                    </th>
                  </tr>
                  <Rows rows={i === 0 ? [...rows, ...addressRows(sample)] : rows} />
                </tbody>
              ))}
            </table>
          </section>
          <div class="stats-foot">
            <CopyButton
              label={text('callStatisticsCopy')}
              content={statisticsText(sample)}
              copied={text('callStatisticsCopied')}
            />
            <p class="hint">{text('callStatisticsCopyHint')}</p>
          </div>
        </>
      ) : (
        <p class="hint">{text('statsNotYet')}</p>
      )}
    </section>
  );
}

function Rows({ rows }: { readonly rows: readonly StatisticsRow[] }) {
  return rows.map(({ label, sent, received }) => (
    <tr key={label}>
      <th scope="row">{label}</th>
      <td>{sent}</td>
      <td>{received}</td>
    </tr>
  ));
}
