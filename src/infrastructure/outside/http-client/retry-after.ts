const mostSeconds = 24 * 60 * 60;

/** Seconds that `Retry-After` asks to wait, as a number or as a date; `undefined` where it says nothing that can be read. At most a day. */
export const retryAfterSeconds = (headers: Readonly<Record<string, string>>, now: string): number | undefined => {
  const text = headers['retry-after']?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text), mostSeconds);
  const until = Date.parse(text);
  if (text === '' || Number.isNaN(until)) return undefined;
  return Math.min(Math.max(0, Math.ceil((until - Date.parse(now)) / 1000)), mostSeconds);
};
