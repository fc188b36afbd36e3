import type { ComponentChildren, VNode } from 'preact';
import type { CitizenTicket } from '../../../application/booking/citizen-ticket';
import type { TicketStatus } from '../../../domain/ticket/ticket';
import { recordingNoticeFor } from '../../../domain/ticket/request-ticket';
import { webAddress } from '../../outside/mail/clean-text';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { PlainForm, TypedForm } from '../forms/forms-view';
import { Document } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { ErrorSummary } from '../parts/fields';
import { Heading } from '../parts/heading';
import { endedWithout, TicketCard, timeOf } from './ticket-card';
import { needsOf } from '../../../domain/ticket/facts';

export type Part = (parts: { readonly ticket: CitizenTicket }) => VNode | null;

/** A change that the citizen asks for, beside the ticket that it changes. */
export const ChangePage = ({
  ticket,
  title,
  heading,
  lead,
  children,
}: {
  readonly ticket: CitizenTicket;
  readonly title: string;
  readonly heading: string;
  readonly lead: string;
  readonly children: ComponentChildren;
}): VNode => {
  const words = useWords().ticket.changes;
  return (
    <Document title={title} side="public">
      <div class="with-ticket">
        <div>
          <a class="back" href={`/tichet/${ticket.reference}`}>
            {words.back}
          </a>
          <ErrorSummary title={words.summary} />
          <Heading lead={lead}>{heading}</Heading>
          {children}
        </div>
        <TicketCard ticket={ticket} />
      </div>
    </Document>
  );
};

export const ahead: readonly TicketStatus[] = ['scheduled', 'in-progress'];

type NewHourParts = {
  readonly reference: string;
  readonly newHour: Exclude<NonNullable<CitizenTicket['newHour']>, { readonly stage: 'declined' }>;
};

/** Art. 8: the new hour that we owe, with one press of a button, or the ticket that has it. */
const NewHour = ({ reference, newHour }: NewHourParts): VNode => {
  const { locale } = usePage();
  const words = sentences[locale].ticket.card.newHour;
  if (newHour.stage === 'given')
    return (
      <p>
        {words.given({ when: dateAndHour(newHour.slot.startsAt, locale) })} <a href={`/tichet/${newHour.reference}`}>{newHour.reference}</a>
      </p>
    );
  return (
    <PlainForm action={`/tichet/${reference}/ora-noua`} novalidate>
      <button>{words.choose}</button>
    </PlainForm>
  );
};

/** What differs with the mode, while there is a meeting ahead; the way on, where there is none. */
export const WhatNext: Part = ({ ticket }) => {
  const { locale } = usePage();
  const words = sentences[locale].ticket.card;
  const { reference, status, mode, place, newHour } = ticket;
  const joinUrl = webAddress(ticket.joinUrl);
  if (status === 'awaiting-code') {
    return (
      <p class="actions">
        <a class="button" href="/programare/cod">
          {words.enterCode}
        </a>
      </p>
    );
  }
  if (newHour !== undefined && newHour.stage !== 'declined') return <NewHour reference={reference} newHour={newHour} />;
  if (endedWithout.includes(status)) {
    return (
      <p class="actions">
        <a class="button" href="/programare/cerere">
          {words.another}
        </a>
      </p>
    );
  }
  if (!ahead.includes(status)) return null;
  return (
    <section aria-labelledby="urmeaza">
      <h2 id="urmeaza">{words.next}</h2>
      <p>{sentences[locale].modes.onPage[mode]}</p>
      {place === undefined ? null : (
        <p>
          <b>{place}</b>
        </p>
      )}
      {!needsOf(mode).link ? null : joinUrl === undefined ? (
        <p>{words.noLinkYet}</p>
      ) : (
        <p class="join">
          <a class="button" href={joinUrl} rel="noreferrer">
            {words.join}
          </a>{' '}
          <span class="hint">{words.joinHint({ host: new URL(joinUrl).host })}</span>
          <span class="on-paper">{joinUrl}</span>
        </p>
      )}
    </section>
  );
};

/** Art. 8: what the city hall changed about a meeting that stands, or that it cancelled. */
export const ChangedByUs: Part = ({ ticket: { changedByUs, status } }) => {
  const { locale } = usePage();
  if (changedByUs === undefined || changedByUs.about === 'staff-absent') return null;
  const { about, since } = changedByUs;
  if (about === 'cancelled' ? status !== 'cancelled' : status !== 'scheduled') return null;
  return <p class="notice notice-warn">{sentences[locale].ticket.card.changedByUs[about]({ date: dateAndHour(since, locale) })}</p>;
};

/** Only what the domain allows now (A19). */
export const Changes: Part = ({ ticket }) => {
  const { locale } = usePage();
  const words = sentences[locale].ticket.card;
  const { reference, status, allowed, movesLeft, hasEntry } = ticket;
  const here = `/tichet/${reference}`;
  const mayMove = allowed.includes('reschedule');
  const mayCancel = allowed.includes('cancel');
  const entry = hasEntry && status === 'scheduled';
  if (!entry && !mayMove && !mayCancel) return null;
  return (
    <section aria-labelledby="schimbari">
      <h2 id="schimbari">{words.changes}</h2>
      {status === 'scheduled' ? (
        <p>
          {mayMove ? words.movesLeft({ count: movesLeft }) : movesLeft === 0 ? words.noMoves : ''} {mayCancel ? words.anyTime : ''}
        </p>
      ) : null}
      <p class="actions">
        {entry ? (
          <a class="button second" href={`${here}/invitatie.ics`}>
            {words.calendar}
          </a>
        ) : null}
        {mayMove ? (
          <a class="button second" href={`${here}/muta`}>
            {status === 'staff-absent' ? words.moveAfterAbsence : words.move}
          </a>
        ) : null}
        {mayCancel ? <a href={`${here}/anulare`}>{words.cancel}</a> : null}
      </p>
    </section>
  );
};

/** A19: a wish, and the hour that became free since. Taken, it is moved to as to any other. */
export const EarlierHour: Part = ({ ticket: { reference, earlierHour } }) => {
  const { locale } = usePage();
  const words = sentences[locale].ticket.card.earlier;
  if (earlierHour === undefined) return null;
  const here = `/tichet/${reference}`;
  const { wanted, free } = earlierHour;
  return (
    <section aria-labelledby="devreme">
      <h2 id="devreme">{words.title}</h2>
      {free === undefined ? null : (
        <>
          <p>{words.offered({ when: dateAndHour(free.startsAt, locale) })}</p>
          <TypedForm action={`${here}/muta`} novalidate={false}>
            <input type="hidden" name="startsAt" value={free.startsAt} />
            <button>{words.take}</button>
          </TypedForm>
        </>
      )}
      <p>{wanted ? words.wanted : words.ask}</p>
      <TypedForm action={`${here}/devreme`} novalidate={false}>
        <input type="hidden" name="doresc" value={wanted ? 'nu' : 'da'} />
        <button class="second">{wanted ? words.stop : words.want}</button>
      </TypedForm>
    </section>
  );
};

/** Art. 3 e, 8: where letters go, and the way to put it right. The address that holds is not shown; one that waits for its code is. */
export const ContactDetails: Part = ({ ticket: { reference, hasEmail, allowed, awaitedAddress } }) => {
  const words = useWords().ticket.card.contact;
  if (!allowed.includes('contact')) return null;
  return (
    <section aria-labelledby="date-de-contact">
      <h2 id="date-de-contact">{words.title}</h2>
      <p>{hasEmail ? words.email : words.none}</p>
      {awaitedAddress === undefined ? null : <p class="notice notice-warn">{words.awaited({ email: awaitedAddress.email ?? '' })}</p>}
      <p class="actions">
        <a href={`/tichet/${reference}/contact`}>{awaitedAddress === undefined ? words.change : words.enter}</a>
      </p>
    </section>
  );
};

/** A14, A12. Of a meeting that took place only what was agreed to is said; of none, nothing. */
export const Recording: Part = ({ ticket: { mode, noticeAcceptedAt, recordingKeptDays, status } }) => {
  const { locale, recordingNotice } = usePage();
  const words = sentences[locale].ticket.card;
  const time = timeOf(status);
  if (time === 'off' || (time === 'held' && noticeAcceptedAt === undefined)) return null;
  return (
    <section aria-labelledby="inregistrarea">
      <h2 id="inregistrarea">{words.recording}</h2>
      {needsOf(mode).recording ? (
        <>
          {noticeAcceptedAt === undefined ? null : <p>{words.acceptedOn({ date: dateAndHour(noticeAcceptedAt, locale) })}</p>}
          {time === 'held' ? null : <p class="hint">{recordingNoticeFor(recordingKeptDays, recordingNotice).text[locale]}</p>}
        </>
      ) : (
        <p>{words.notRecorded}</p>
      )}
    </section>
  );
};
