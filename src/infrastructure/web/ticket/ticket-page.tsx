import { usePage, useWords } from '../page/page-context';
import type { VNode } from 'preact';
import type { CitizenTicket } from '../../../application/booking/citizen-ticket';
import { Document } from '../page/document';
import { DoneNotice } from '../parts/heading';
import { Heading } from '../parts/heading';
import { ChangedByUs, Changes, ContactDetails, EarlierHour, Recording, WhatNext, ahead, type Part } from './ticket-parts';
import { timeOf } from './ticket-card';
import { TicketCard } from './ticket-card';
import { filled } from '../../phrasing/locales/catalogue.codec';
import { saidOf, sentences } from '../../phrasing/sentences';
import { plusSeconds } from '../../../domain/time/civil-time';
import { dateAndHour, longDate } from '../../phrasing/words/dates';

/** Art. 7. */
const Resolution: Part = ({ ticket: { resolution, amendments, status, hasEmail } }) => {
  const { locale, at } = usePage();
  const words = sentences[locale].ticket.card;
  if (resolution.kind === 'none') {
    if (!ahead.includes(status)) return null;
    return (
      <section aria-labelledby="rezolutia">
        <h2 id="rezolutia">{words.resolution}</h2>
        <p>{words.resolutionLater[hasEmail ? 'email' : 'paper']}</p>
      </section>
    );
  }
  if (resolution.kind === 'awaited') {
    const { dueAt } = resolution;
    // due by 24:00: the day before that midnight is the last one
    const lastDay = longDate(plusSeconds(dueAt, -1), locale);
    return (
      <section aria-labelledby="rezolutia">
        <h2 id="rezolutia">{words.resolution}</h2>
        <p>{at < dueAt ? words.stages.awaited({ lastDay }) : words.stages.overdue({ lastDay })}</p>
      </section>
    );
  }
  const { kind, documentNumber: number } = resolution;
  return (
    <section aria-labelledby="rezolutia">
      <h2 id="rezolutia">{words.resolution}</h2>
      <p>
        {words.stages[kind]({ date: dateAndHour(resolution.at, locale) })} {number === undefined ? '' : words.document({ number })}
      </p>
      {amendments.map(({ amendment, form, amendedAt }) => (
        <p>{words.amendment[form]({ number: amendment, date: dateAndHour(amendedAt, locale) })}</p>
      ))}
    </section>
  );
};

/** Art. 7: what was corrected, and what the citizen can say to it. */
const Corrections: Part = ({ ticket: { corrections, disputable, reference } }) => {
  const { locale } = usePage();
  const words = sentences[locale].ticket.corrections;
  if (corrections.length === 0) return null;
  return (
    <section aria-labelledby="rectificari">
      <h2 id="rectificari">{words.title}</h2>
      <ul>
        {corrections.map(({ of, at, objection, answer }) => (
          <li>
            {words.things[of]}, {dateAndHour(at, locale)}
            {objection === undefined ? null : <p class="typed">{words.objected({ objection })}</p>}
            {answer === undefined ? null : <p class="typed">{words.answered({ answer })}</p>}
          </li>
        ))}
      </ul>
      {disputable.length === 0 ? null : (
        <p class="actions">
          <a href={`/tichet/${reference}/obiectie`}>{words.dispute}</a>
        </p>
      )}
    </section>
  );
};

/** Who looked: role, department, purpose and time, never the name. */
const Readings: Part = ({ ticket: { readings } }) => {
  const { locale } = usePage();
  const words = sentences[locale].ticket.readings;
  if (readings.length === 0) return null;
  return (
    <section aria-labelledby="citiri">
      <h2 id="citiri">{words.title}</h2>
      <p>{words.lead}</p>
      <ul>
        {readings.map(({ role, department, purpose, lastAt, firstAt, times }) => (
          <li>
            {[saidOf(sentences[locale].frame.roles, role) ?? role, department].filter((part) => part !== undefined).join(', ')}:{' '}
            {words.purposes[purpose]}, {dateAndHour(lastAt, locale)}{' '}
            {times === 1 ? '' : words.times({ count: times, first: longDate(firstAt, locale) })}
          </li>
        ))}
      </ul>
    </section>
  );
};

/** On a shared computer, the next person finds nothing of this ticket. */
const LeaveTicket = ({ ticket: { hasEmail } }: { readonly ticket: CitizenTicket }): VNode => {
  const { leave, withEmail, withoutEmail } = useWords().ticket.leave;
  return (
    <form method="post" action="/intra/iesire">
      <p class="hint">{hasEmail ? withEmail : withoutEmail}</p>
      <button class="second">{leave}</button>
    </form>
  );
};

/** What was done a moment ago: moved, changed, other contact details or the same ones, cancelled, opened, objected to, an earlier hour wanted or no longer. */
export type Done = 'obiectie' | 'mutat' | 'schimbat' | 'contact' | 'neschimbat' | 'anulat' | 'deschis' | 'devreme' | 'nudevreme';

type TicketPageParts = {
  readonly ticket: CitizenTicket;
  /** it was booked a moment ago */
  readonly isNew: boolean;
  readonly done: Done | undefined;
};

/** What a citizen who has just booked sees; it takes the focus and is read out. */
const Confirmation = ({ ticket: { reference, hasEmail, status, letter } }: TicketPageParts): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.card;
  return (
    <div class="confirmed" role="status" tabIndex={-1} data-focus>
      <h1>{sentences[locale].ticket.statuses[status].title}</h1>
      <p>
        {words.keepNumber} <b class="reference">{reference}</b>
      </p>
      {hasEmail && letter === undefined ? <p>{words.confirmationSent}</p> : null}
    </div>
  );
};

/** Where the ticket stands. Just cancelled, the heading says so by itself: it takes the focus and is read out. */
const Standing = ({ ticket: { status, newHour }, done }: TicketPageParts): VNode => {
  const { locale, policies } = usePage();
  const { title, lead } = filled(useWords().ticket.statuses, policies['absence-wait'].value)[status];
  const owed = newHour?.stage === 'owed' ? sentences[locale].ticket.card.newHour.lead : undefined;
  const heading = <Heading lead={owed ?? lead}>{title}</Heading>;
  if (done !== 'anulat')
    return (
      <>
        <DoneNotice text={done === undefined ? undefined : sentences[locale].ticket.card.done[done]} />
        {heading}
      </>
    );
  return status === 'cancelled' ? (
    <div role="status" tabIndex={-1} data-focus>
      {heading}
    </div>
  ) : (
    heading
  );
};

/** A ticket, for the person whose it is: where it stands, what comes next and what can be done now. Nothing else is offered. */
export const TicketPage = (parts: TicketPageParts): VNode => {
  const { ticket, isNew } = parts;
  const { locale } = usePage();
  const words = sentences[locale].ticket.card;
  const { title } = sentences[locale].ticket.statuses[ticket.status];
  const confirmed = isNew && ticket.status === 'scheduled';
  return (
    <Document title={`${title}: ${ticket.reference}`} side="public">
      <div class="with-ticket ticket-page">
        <div>{confirmed ? <Confirmation {...parts} /> : <Standing {...parts} />}</div>
        <TicketCard ticket={ticket} />
        <div>
          {ticket.incomplete === true ? <p class="notice notice-bad">{words.incomplete}</p> : null}
          {ticket.lapsedBecause === undefined ? null : <p class="notice notice-warn">{words.lapsed[ticket.lapsedBecause]}</p>}
          {ticket.hasEmail || timeOf(ticket.status) === 'off' ? null : <p class="notice notice-warn">{words.withoutEmail}</p>}
          {ticket.letter === undefined ? null : <p class="notice notice-warn">{words.letter[ticket.letter]}</p>}
          <ChangedByUs ticket={ticket} />
          <WhatNext ticket={ticket} />
          <Changes ticket={ticket} />
          <EarlierHour ticket={ticket} />
          <ContactDetails ticket={ticket} />
          <Recording ticket={ticket} />
          <Resolution ticket={ticket} />
          <Corrections ticket={ticket} />
          <Readings ticket={ticket} />
          <LeaveTicket ticket={ticket} />
        </div>
      </div>
    </Document>
  );
};
