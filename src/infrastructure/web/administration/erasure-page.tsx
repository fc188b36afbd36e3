import type { VNode } from 'preact';
import { erasureCopies } from '../../../application/privacy/erasure-report';
import type { ErasurePreview } from '../../../application/privacy/erasure-preview';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import { referenceOf } from '../../../domain/ticket/ticket';
import type { Sentences } from '../../phrasing/sentences';
import { dateAndHour, plainDate } from '../../phrasing/words/dates';
import { FormFields, type FormPart } from '../forms/form-fields';
import { TypedForm } from '../forms/forms-view';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { Fieldset } from '../parts/fields';
import { SummaryList } from '../parts/summary-list';
import { Places } from './erasure-report-page';

/** Where the text of the ticket’s resolution is erased. */
export const conclusionsPath = (ticketId: string): string => `/administrare/stergere/tichet/${referenceOf(ticketId)}/rezolutie`;

/** GDPR 18: where the person’s data are restricted, and where that ends. */
export const restrictionPath = (ticketId: string): string => `/administrare/stergere/tichet/${referenceOf(ticketId)}/restrictionare`;

export const erasurePath = (preview: ErasurePreview): string =>
  preview.subject === 'ticket'
    ? `/administrare/stergere/tichet/${referenceOf(preview.ticketId)}`
    : `/administrare/stergere/cerere/${preview.request.number}/${preview.request.filedOn}`;

const List = ({ items }: { readonly items: readonly string[] }): VNode => (
  <ul>
    {items.map((item) => (
      <li>{item}</li>
    ))}
  </ul>
);

const WhatHappens = ({ preview }: { readonly preview: ErasurePreview }): VNode => {
  const words = useWords().administration.erasure;
  const ofTicket = preview.subject === 'ticket';
  const letters = ofTicket && preview.letters > 0 ? [words.letters({ count: preview.letters })] : [];
  return (
    <>
      <h2>{words.goes}</h2>
      <List items={ofTicket ? [...words.goesOfTicket, ...letters] : words.goesOfRequest} />
      <h2>{words.stays}</h2>
      <List
        items={[
          ...words.staysAlways,
          ...(ofTicket && preview.resolutionStays ? [words.resolutionStays] : []),
          ...(!ofTicket && preview.tickets.length > 0 ? [words.ticketsStay] : []),
        ]}
      />
      <Places title={words.outside} places={preview.outside} />
      <Places title={words.copies} places={erasureCopies} />
    </>
  );
};

/** The confirmation is given anew each time the page is shown. */
export const erasureFields = (words: Sentences['administration']['erasure']): readonly FormPart[] => [
  { kind: 'long', name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3 },
  {
    kind: 'own',
    name: 'confirm',
    label: words.confirm,
    input: (
      <Fieldset name="confirm" label={words.confirm}>
        <div class="choice">
          <input type="checkbox" id="confirm" name="confirm" value="da" />
          <label for="confirm">{words.confirmLabel}</label>
        </div>
      </Fieldset>
    ),
    wrong: (text) => (text === 'da' ? undefined : words.confirmMissing),
  },
];

export const conclusionsFields = (words: Sentences['administration']['erasure']): readonly FormPart[] => [
  { name: 'minuteNumber', label: words.minuteNumber, hint: words.minuteHint, width: 'short', autocomplete: 'off' },
  { name: 'minuteDate', type: 'date', label: words.minuteDate, width: 'middle', autocomplete: 'off' },
  { kind: 'long', name: 'reason', label: words.reason, hint: words.reasonHint, rows: 3 },
  { kind: 'tick', name: 'confirm', legend: words.confirm, label: words.conclusionsConfirm, missing: words.confirmMissing },
];

/** The text of a resolution, a document of the archive: Legea 16/1996 asks for the decision of the selection commission. */
export const ConclusionsErasurePage = ({ ticketId }: { readonly ticketId: string }): VNode => {
  const words = useWords().administration.erasure;
  return (
    <HeadedPage
      title={words.conclusionsTitle({ reference: referenceOf(ticketId) })}
      summary={words.summary}
      labels={{ reason: words.reason, minuteNumber: words.minuteNumber, minuteDate: words.minuteDate }}
      back={{ href: `/administrare/stergere/tichet/${referenceOf(ticketId)}`, text: words.backToStart }}
      lead={words.conclusionsLead}
    >
      <TypedForm action={conclusionsPath(ticketId)}>
        <FormFields parts={conclusionsFields(words)} />
        <button class="grave">{words.conclusionsErase}</button>
      </TypedForm>
    </HeadedPage>
  );
};

/** What will be erased and what stays, before it is done. */
export const ErasurePage = ({ preview }: { readonly preview: ErasurePreview }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.erasure;
  const title =
    preview.subject === 'ticket'
      ? words.ticketTitle({ reference: referenceOf(preview.ticketId) })
      : words.requestTitle({ number: preview.request.number });
  return (
    <HeadedPage
      title={title}
      summary={words.summary}
      labels={{ reason: words.reason }}
      back={{ href: '/administrare/stergere', text: words.backToStart }}
    >
      <SummaryList
        rows={[
          { label: words.person, value: <bdi>{preview.name ?? erasedMark}</bdi> },
          { label: words.ofRequest, value: `${preview.request.number}, ${plainDate(preview.request.filedOn, locale)}` },
          ...(preview.subject === 'ticket' ? [{ label: words.meeting, value: dateAndHour(preview.startsAt, locale) }] : []),
        ]}
      />
      {preview.erased ? (
        <div class="notice">
          <p>{words.erasedAlready}</p>
        </div>
      ) : null}
      {preview.refused === undefined ? (
        <>
          <WhatHappens preview={preview} />
          <TypedForm action={erasurePath(preview)}>
            <FormFields parts={erasureFields(words)} />
            <button class="grave">{words.erase}</button>
          </TypedForm>
        </>
      ) : (
        <div class="notice notice-warn">
          <p>{preview.refused.details?.['reason'] === 'restricted' ? words.refusedRestricted : words.refused[preview.subject]}</p>
        </div>
      )}
      {preview.subject === 'ticket' && !preview.erased ? (
        <p>
          <a href={restrictionPath(preview.ticketId)}>
            {preview.restrictedAt === undefined ? words.restrictionLink : words.restrictionLiftLink}
          </a>
        </p>
      ) : null}
      {preview.subject === 'ticket' && preview.conclusionsKept ? (
        <p>
          <a href={conclusionsPath(preview.ticketId)}>{words.conclusionsLink}</a>
        </p>
      ) : null}
    </HeadedPage>
  );
};
