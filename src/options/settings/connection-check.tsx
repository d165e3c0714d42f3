// "Check my connection": runs the self-test of the network and shows it. Leaving the page ends it.
import { useSignal } from '@preact/signals';
import { Activity } from 'lucide-preact';
import { useEffect, useRef } from 'preact/hooks';
import { OwnReport } from '../../connectivity/connectivity-report.tsx';
import { type CheckStep, checkSteps } from '../../core/network/check-steps.ts';
import type { NetworkFindings } from '../../core/network/network-findings.ts';
import { text } from '../../ui/texts/text.ts';
import type { OptionsModel } from '../model/options-model.ts';

interface Check {
  readonly steps: readonly CheckStep[];
  readonly done: readonly CheckStep[];
  readonly found?: NetworkFindings;
}

export function ConnectionCheck({ model }: { readonly model: OptionsModel }) {
  const check = useSignal<Check | undefined>(undefined);
  const isRunning = check.value !== undefined && check.value.found === undefined;
  const abort = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => abort.current?.abort(), []);

  const run = async () => {
    if (isRunning) return;
    const { iceServers, hideAddress } = model.settings.value;
    const steps = checkSteps(iceServers, hideAddress);
    check.value = { steps, done: [] };
    abort.current = new AbortController();
    const found = await model.checkConnection((step) => {
      if (check.value) check.value = { ...check.value, done: [...check.value.done, step] };
    }, abort.current.signal);
    check.value = { steps, done: steps, found };
  };
  return (
    <div class="stack connection-check">
      <p class="hint">{text('connectivityCheckText')}</p>
      <div class="actions">
        <button type="button" class="button" aria-disabled={isRunning} onClick={() => void run()}>
          <Activity aria-hidden="true" size={18} />
          {text('connectivityCheck')}
        </button>
      </div>
      {check.value === undefined ? null : (
        <OwnReport steps={check.value.steps} done={check.value.done} found={check.value.found} />
      )}
    </div>
  );
}
