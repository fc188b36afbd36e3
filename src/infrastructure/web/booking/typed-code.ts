/** A code as people type or paste it: blanks and dashes of any kind are nobody's mistake. */
export const digitsTyped = (text: string): string => text.replace(/[\s\p{Pd}.]/gu, '');

export const isCode = (digits: string, howMany: number): boolean => /^\d+$/.test(digits) && digits.length === howMany;
