import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import type { CalendarsOfPerson } from '../../nest/absence-calendars';
import { whyNothing, whyNotRead } from '../../outside/absences/sentences';
import type { CalendarStatus } from '../../outside/absences/calendar-read';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { ErrorSummary, type Fault, faultOf, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { dateAndHour } from '../../phrasing/words/dates';
import type { Whose } from './change-frame';
import { sentences } from '../../phrasing/sentences';
import { TypedForm } from '../forms/forms-view';

export const fileField = 'fisier';
export const addressField = 'adresa';

const Standing = ({ standing: { read, failed }, locale }: { readonly standing: CalendarStatus; readonly locale: Locale }): VNode => {
  const words = sentences[locale].office.calendar;
  return (
    <>
      {failed === undefined ? null : (
        <p class="notice notice-warn">{`${words.failed} ${dateAndHour(failed.since, locale)}. ${whyNothing[failed.why][locale]}`}</p>
      )}
      {read === undefined ? null : (
        <p>
          {`${words.read}: ${dateAndHour(read.at, locale)}. `}
          {(['recorded', 'withdrawn', 'unchanged', 'kept'] as const)
            .filter((what) => read[what] > 0)
            .map((what) => words[what]({ count: read[what] }))
            .join(' ')}
        </p>
      )}
      {read === undefined || read.unreadable.length === 0 ? null : (
        <div class="notice notice-warn">
          <p>{words.notRead}</p>
          <ul>
            {read.unreadable.map(({ line, why }) => (
              <li>{`${words.line} ${String(line)}: ${whyNotRead[why][locale]}.`}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
};

const FileForm = ({
  path,
  fault,
  locale,
}: {
  readonly path: string;
  readonly fault: string | undefined;
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].office.calendar;
  return (
    <form method="post" action={`${path}/import`} enctype="multipart/form-data" novalidate>
      <div class={fault === undefined ? 'field' : 'field field-faulty'}>
        <label for={fileField}>{words.file}</label>
        <p class="hint" id={`${fileField}-hint`}>
          {words.fileHint}
        </p>
        {fault === undefined ? null : (
          <p class="fault" id={`${fileField}-fault`}>
            {fault}
          </p>
        )}
        <input
          type="file"
          id={fileField}
          name={fileField}
          accept=".ics,text/calendar"
          aria-describedby={fault === undefined ? `${fileField}-hint` : `${fileField}-hint ${fileField}-fault`}
        />
      </div>
      <button>{words.send}</button>
    </form>
  );
};

export type CalendarPageParts = {
  readonly context: PageContext;
  readonly whose: Whose;
  readonly calendars: CalendarsOfPerson;
  /** whether this installation reads any address */
  readonly readsAddresses: boolean;
  readonly faults: readonly Fault[];
  /** the address as it was typed and refused; one that was taken is never shown again */
  readonly typed: string;
  /** what was just done */
  readonly done: string | undefined;
};

/** A16: a file of one's own calendar, or an address of it; and how it stands with both. */
export const CalendarPage = ({ context, whose, calendars, readsAddresses, faults, typed, done }: CalendarPageParts): VNode => {
  const { locale } = context;
  const words = sentences[locale].office.calendar;
  const path = `/program/${whose.staffId}/calendar`;
  const title = whose.own ? words.title : `${words.titleOf} ${whose.name}`;
  return (
    <Document context={context} title={title} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.faulty} faults={faults} />
      <DoneNotice text={done} />
      <Heading back={{ href: `/program/${whose.staffId}`, text: words.back }} lead={words.lead}>
        {title}
      </Heading>
      <h2>{words.fileTitle}</h2>
      <p>{words.fileLead}</p>
      <Standing standing={calendars.file} locale={locale} />
      <FileForm path={path} fault={faultOf(faults, fileField)} locale={locale} />
      <h2>{words.addressTitle}</h2>
      {readsAddresses ? <p>{words.addressLead}</p> : <p>{words.noAddresses}</p>}
      {calendars.followed ? (
        <>
          <p>{words.isFollowed}</p>
          {calendars.address.read === undefined && calendars.address.failed === undefined ? <p>{words.notReadYet}</p> : null}
          <Standing standing={calendars.address} locale={locale} />
          <form method="post" action={`${path}/renunta`} novalidate>
            <button class="second">{words.leave}</button>
          </form>
        </>
      ) : null}
      {readsAddresses ? (
        <TypedForm action={`${path}/adresa`}>
          <TextField
            name={addressField}
            type="url"
            label={words.address}
            hint={words.addressHint}
            value={typed}
            fault={faultOf(faults, addressField)}
          />
          <button>{words.follow}</button>
        </TypedForm>
      ) : null}
    </Document>
  );
};
