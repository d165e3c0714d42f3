// Quiet hours: on which days, from when to when. Times are those of this computer.
import { useId } from 'preact/hooks';
import type { QuietHours } from '../../core/data/settings.ts';
import { formatTag, text } from '../../ui/texts/text.ts';
import { Toggle } from '../../ui/toggle.tsx';
import type { OptionsModel } from '../model/options-model.ts';

/** A Sunday. */
const someSunday = Date.UTC(2026, 0, 4, 12);
const week = [1, 2, 3, 4, 5, 6, 0];

const dayName = (day: number, style: 'short' | 'long'): string =>
  new Intl.DateTimeFormat(formatTag(), { weekday: style, timeZone: 'UTC' }).format(someSunday + day * 86_400_000);

/** `07:30`, as fields of time have it. */
const clockOf = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function minutesOf(clock: string): number | undefined {
  const [, hours, minutes] = /^(\d\d):(\d\d)/.exec(clock) ?? [];
  return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
}

export function QuietHoursField({ model }: { readonly model: OptionsModel }) {
  const ids = { from: useId(), to: useId() };
  const hours = model.settings.value.quietHours;
  const change = (next: Partial<QuietHours>) =>
    void model.change({ quietHours: { ...hours, ...next } }, text('optionsDeviceSaved', text('optionsQuietHours')));
  const time = (key: 'from' | 'to', label: string) => (
    <div class="field">
      <label for={ids[key]}>{label}</label>
      <input
        id={ids[key]}
        class="input"
        type="time"
        required
        value={clockOf(hours[key])}
        onChange={(event) => {
          const minutes = minutesOf(event.currentTarget.value);
          if (minutes === undefined) event.currentTarget.value = clockOf(hours[key]);
          else change({ [key]: minutes });
        }}
      />
    </div>
  );
  return (
    <div class="stack tight">
      <Toggle
        label={text('optionsQuietHours')}
        hint={text('optionsQuietHoursHint')}
        on={hours.on}
        onChange={(on) => change({ on })}
      />
      {hours.on ? (
        <>
          <div class="two-fields">
            {time('from', text('optionsQuietFrom'))}
            {time('to', text('optionsQuietTo'))}
          </div>
          <fieldset class="days">
            <legend>{text('optionsQuietDays')}</legend>
            {week.map((day) => (
              <label key={day} class="day">
                <input
                  type="checkbox"
                  checked={hours.days.includes(day)}
                  aria-label={dayName(day, 'long')}
                  onChange={(event) => {
                    const others = hours.days.filter((one) => one !== day);
                    change({ days: event.currentTarget.checked ? [...others, day].sort() : others });
                  }}
                />
                <span aria-hidden="true">{dayName(day, 'short')}</span>
              </label>
            ))}
          </fieldset>
          {hours.days.length === 0 ? <p class="warning">{text('optionsQuietNoDay')}</p> : null}
        </>
      ) : null}
    </div>
  );
}
