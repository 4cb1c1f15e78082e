// Windows of time as people say them. All of it is civil time: `2026-11-26T09:20:00`.

import type { RepeatView, WindowView } from '../host/contract';
import { plainDigits } from './typed';
import { civil, date, named, t } from './words';

const DAY_LENGTH = 24 * 3600 * 1000;

/** Today in a zone (the machine's own without one), `2026-11-26`. */
export function today(now: Date, zone?: string | null): string {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
    ...(zone ? { timeZone: zone } : {}),
  }).formatToParts(now);
  const part = (type: string) => parts.find((found) => found.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** The day so many days after. */
export function later(day: string, days: number): string {
  return new Date(civil(day).getTime() + days * DAY_LENGTH).toISOString().slice(0, 10);
}

/** The seven days from Monday by name. */
export function weekdays(weekday: 'long' | 'short'): string[] {
  return Array.from({ length: 7 }, (_, day) => date(later('2026-11-23', day), { weekday }));
}

/** The same as rules name them. */
export const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** `Every week · Monday, Thursday`; nothing of a rule that is not so simple. */
export function repeatWords(repeat: RepeatView | null): string | undefined {
  if (!repeat || repeat.rhythm === 'other') return undefined;
  const names = weekdays('long').filter((_, day) => repeat.weekdays.includes(WEEKDAYS[day]!));
  return [named('repeat-', repeat.rhythm), names.join(', ')].filter(Boolean).join(' · ');
}

/** `Today`, `Tomorrow`, `Thu 26 Nov`, `Thu 26 Nov 2027`. */
export function dayWords(day: string, current: string): string {
  if (day === current) return t('day-today');
  if (day === later(current, 1)) return t('day-tomorrow');
  const year = day.slice(0, 4) === current.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return date(day, { weekday: 'short', day: 'numeric', month: 'short', ...year });
}

/** A time of day, `09:20`, as people write it. */
export const hour = (of: string) => time(`2026-11-26T${of}`);

const time = (text: string) => date(text, { hour: 'numeric', minute: '2-digit' });

/** `Today, 17:00–18:00`, `Thu 26 Nov, 09:20–12:30`, `Sat 28 Nov, 09:00 to Mon 30 Nov, 18:00`. */
export function windowWords(window: WindowView, now: Date): string {
  const current = today(now, window.zone);
  const [startDay, endDay] = [window.start.slice(0, 10), window.end.slice(0, 10)];
  const words =
    startDay === endDay
      ? t('window-hours', { day: dayWords(startDay, current), from: time(window.start), to: time(window.end) })
      : t('window-days', {
          from: t('window-moment', { day: dayWords(startDay, current), time: time(window.start) }),
          to: t('window-moment', { day: dayWords(endDay, current), time: time(window.end) }),
        });
  return window.zone ? t('window-zone', { window: words, zone: placeOf(window.zone) }) : words;
}

/** `Europe/Madrid` → `Madrid`. */
export function placeOf(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** `am` and `pm` as English, Spanish (`9 p. m.`) and Arabic (`9 م`) write them. */
const MORNING = /^(?:a\.?\s?m\.?|ص)$/i;
const EVENING = /^(?:p\.?\s?m\.?|م)$/i;

/** Reads `9`, `9.20`, `9:20`, `0920`, `9h20`, `9 h`, `9:20 pm` as `09:20`; nothing if it is no time. */
export function readTime(text: string): string | undefined {
  const found = /^(\d{1,2})(?:\s*[:.h]?\s*(\d{2}))?\s*(h\.?|[ap]\.?\s?m\.?|[صم])?$/i.exec(plainDigits(text).trim());
  if (!found) return undefined;
  const said = found[3] ?? '';
  const half = MORNING.test(said) ? 'a' : EVENING.test(said) ? 'p' : undefined;
  let hour = Number(found[1]);
  const minute = Number(found[2] ?? 0);
  if (half && (hour < 1 || hour > 12)) return undefined;
  if (half === 'p' && hour < 12) hour += 12;
  if (half === 'a' && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return undefined;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}
