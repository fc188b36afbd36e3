import type { VNode } from 'preact';
import type { TicketView } from '../../../application/booking/ticket-view';
import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import { hour } from '../../phrasing/words/dates';
import { codeFaults, CodeField, newCodeFaults } from '../booking/codes';
import type { FormPart } from '../forms/form-fields';
import { PlainForm } from '../forms/forms-view';
import type { Typed } from '../forms/checked';
import { useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';

/** Another e-mail address, another phone number: what has changed is filled in, and nothing else. */
export const contactParts = (locale: Locale): readonly FormPart[] => {
  const words = sentences[locale].ticket.contact;
  return [
    { name: 'email', type: 'email', inputmode: 'email', label: words.email, optional: true, autocomplete: 'email', spellcheck: false },
    { name: 'phone', type: 'tel', inputmode: 'tel', label: words.phone, hint: words.phoneHint, optional: true, autocomplete: 'tel' },
  ];
};

/** That neither was filled in. */
export const nothingFaults = ({ email, phone }: Typed, locale: Locale): readonly Fault[] =>
  email === undefined && phone === undefined ? [{ field: 'email', message: sentences[locale].ticket.contact.nothing }] : [];

/** What is said of a correction that was refused. */
export const contactFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => newCodeFaults(refusal, locale, 'email');

/** What is said of a correction for which no code went out. */
export const correctionDone = ({ phoneHolds }: { readonly phoneHolds: boolean }): 'contact' | 'neschimbat' =>
  phoneHolds ? 'contact' : 'neschimbat';

/** What is said of a code that did not work, or of an address that takes no more. */
export const contactCodeFaults = (refusal: Refusal, locale: Locale): readonly Fault[] => {
  const words = sentences[locale].ticket.contact;
  if (refusal.code === 'too-many-tickets') return [{ field: 'code', message: words.tooMany }];
  if (refusal.code === 'same-hour') return [{ field: 'code', message: words.sameHour }];
  return codeFaults(refusal, locale);
};

type CodeParts = { readonly action: string; readonly digits: number } & NonNullable<TicketView['awaitedAddress']>;

/** The code that went to the new address (Art. 3 e). */
export const ContactCode = ({ action, digits, email = '', until }: CodeParts): VNode => {
  const words = useWords().ticket.contact;
  return (
    <section aria-labelledby="codul">
      <h2 id="codul">{words.codeTitle({ email })}</h2>
      <p>{words.codeLead({ until: hour(until) })}</p>
      <PlainForm action={action} novalidate>
        <CodeField digits={digits} />
        <button>{words.confirm}</button>
      </PlainForm>
    </section>
  );
};
