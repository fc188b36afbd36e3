/**
 * A phone number as networks of other countries dial it (E.164), if a text message can reach it: a Romanian mobile number, or a number
 * that names its country and is not a Romanian line at home or at work. `undefined` for what cannot.
 */
export const mobileNumber = (typed: string): string | undefined => {
  const digits = typed.replace(/[\s().\-/]/gu, '').replace(/^00/u, '+');
  if (/^07\d{8}$/u.test(digits)) return `+4${digits}`;
  if (digits.startsWith('+40')) return /^\+407\d{8}$/u.test(digits) ? digits : undefined;
  return /^\+[1-9]\d{6,14}$/u.test(digits) ? digits : undefined;
};
