import type { VNode } from 'preact';
import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import { hour } from '../../phrasing/words/dates';
import { useWords } from '../page/page-context';
import { type Fault, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';

/** Where the code is entered that came by e-mail (Art. 3 e). */
export const CodeField = ({ digits }: { readonly digits: number }): VNode => {
  const words = useWords().booking.code;
  return (
    <TextField
      name="code"
      label={words.code({ digits })}
      hint={words.codeHint}
      width="short"
      inputmode="numeric"
      autocomplete="one-time-code"
      spellcheck={false}
    />
  );
};

/** Longer waits are said as a time of day. */
export const longestInSeconds = 90;

/** What is said of a code that did not work, at its field. */
export const codeFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].booking.code;
  const triesLeft = refusal.details?.['triesLeft'];
  if (refusal.code === 'code-expired') return [{ field: 'code', message: words.expired }];
  if (refusal.code !== 'wrong-code' || typeof triesLeft !== 'number') return faultsOf(refusal, locale, 'code');
  return [{ field: 'code', message: `${words.wrong} ${words.triesLeft({ count: triesLeft })}` }];
};

/** What is said of a new code that is not sent yet, at the button that asks for it. */
export const newCodeFaults = (refusal: Refusal, locale: Locale, field = 'nou'): readonly Fault[] => {
  const { details } = refusal;
  const seconds = details?.['retryAfterSeconds'];
  const retryAt = details?.['retryAt'];
  if (typeof seconds !== 'number' || typeof retryAt !== 'string') return faultsOf(refusal, locale, field);
  const message =
    seconds <= longestInSeconds
      ? sentences[locale].booking.code.wait({ count: seconds })
      : sentences[locale].booking.check.tooManyCodes({ time: hour(retryAt) });
  return [{ field, message }];
};

/** A code as people type or paste it: blanks and dashes of any kind are no fault. */
export const digitsTyped = (text: string): string => text.replace(/[\s\p{Pd}.]/gu, '');

export const isCode = (digits: string, howMany: number): boolean => /^\d+$/.test(digits) && digits.length === howMany;
