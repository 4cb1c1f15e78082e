// Numbers as people type them, in whichever digits their keyboard has.

/** `٩:٢٠` as `9:20`: Arabic and Persian digits in European ones. */
export function plainDigits(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));
}

/** A whole number of at most three digits; nothing if it is none. */
export function wholeNumber(text: string): number | undefined {
  const typed = plainDigits(text).trim();
  return /^\d{1,3}$/.test(typed) ? Number(typed) : undefined;
}

/** A day written as `2026-12-24`; nothing if it is none. */
export function readDay(text: string): string | undefined {
  const typed = plainDigits(text).trim();
  return /^\d{4}-\d{2}-\d{2}$/.test(typed) ? typed : undefined;
}
