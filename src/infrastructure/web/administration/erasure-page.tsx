import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import { erasureCopies } from '../../../application/privacy/erasure-report';
import type { ErasurePreview } from '../../../application/privacy/erasure-preview';
import { erasedMark } from '../../../application/kernel/ports/personal-data';
import { referenceOf } from '../../../domain/ticket/ticket';
import { Document } from '../page/document';
import { ErrorSummary, type Fault, faultOf, LongTextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { SummaryList } from '../parts/summary-list';
import { withLabels } from '../forms/checked';
import { dateAndHour, plainDate } from '../../phrasing/words/dates';
import { Places } from './erasure-report-page';
import { TypedForm } from '../forms/forms-view';

export type ErasureView = {
  readonly preview: ErasurePreview;
  readonly reason?: string | undefined;
  readonly faults: readonly Fault[];
};

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

const Confirmation = ({ shown }: { readonly shown: ErasureView }): VNode => {
  const { preview, reason, faults } = shown;
  const words = useWords().administration.erasure;
  const unconfirmed = faultOf(faults, 'confirm');
  return (
    <TypedForm action={erasurePath(preview)}>
      <LongTextField name="reason" label={words.reason} hint={words.reasonHint} value={reason} fault={faultOf(faults, 'reason')} rows={3} />
      <fieldset
        class={unconfirmed === undefined ? 'field' : 'field field-faulty'}
        aria-describedby={unconfirmed === undefined ? undefined : 'confirm-fault'}
      >
        <legend>{words.confirm}</legend>
        {unconfirmed === undefined ? null : (
          <p class="fault" id="confirm-fault">
            {unconfirmed}
          </p>
        )}
        <div class="choice">
          <input type="checkbox" id="confirm" name="confirm" value="da" />
          <label for="confirm">{words.confirmLabel}</label>
        </div>
      </fieldset>
      <button class="grave">{words.erase}</button>
    </TypedForm>
  );
};

/** What will be erased and what stays, before it is done. */
export const ErasurePage = ({ shown }: { readonly shown: ErasureView }): VNode => {
  const { locale } = usePage();
  const { preview, faults } = shown;
  const words = useWords().administration.erasure;
  const title =
    preview.subject === 'ticket'
      ? words.ticketTitle({ reference: referenceOf(preview.ticketId) })
      : words.requestTitle({ number: preview.request.number });
  return (
    <Document title={title} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.summary} faults={withLabels(faults, { reason: words.reason })} />
      <Heading back={{ href: '/administrare/stergere', text: words.backToStart }}>{title}</Heading>
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
          <Confirmation shown={shown} />
        </>
      ) : (
        <div class="notice notice-warn">
          <p>{words.refused[preview.subject]}</p>
        </div>
      )}
    </Document>
  );
};
