// Sizes of files in words.

import { language, t } from './words';

/** `312 bytes`, `48 kB`, `2.3 MB`. */
export function bytes(count: number): string {
  const number = (value: number) => new Intl.NumberFormat(language().formats, { maximumFractionDigits: 1 }).format(value);
  if (count < 1000) return t('size-bytes', { count });
  if (count < 1_000_000) return t('size-kilo', { size: number(Math.round(count / 1000)) });
  return t('size-mega', { size: number(count / 1_000_000) });
}
