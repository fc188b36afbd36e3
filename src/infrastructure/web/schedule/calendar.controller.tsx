import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { officialOf } from '../../api/access/viewer';
import { formOf } from '../../api/body/form';
import { textWithin } from '../../api/body/text-within';
import { answered, HttpProblem } from '../../api/problem/problem';
import { AbsenceCalendars, type CalendarsOfPerson } from '../../nest/absence-calendars';
import { portsToken } from '../../nest/tokens';
import type { CalendarStatus } from '../../outside/absences/calendar-read';
import { largestCalendarBytes } from '../../outside/absences/fetch-calendar';
import { whyNothing, whyNotRead } from '../../outside/absences/sentences';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { TypedForm } from '../forms/forms-view';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { type Fault, TextField } from '../parts/fields';
import { unbroken } from '../registry/sent-lines';
import { type Whose, whoseTime } from './schedule-parts';

const fileField = 'fisier';
const addressField = 'adresa';

const Standing = ({ standing: { read, failed } }: { readonly standing: CalendarStatus }): VNode => {
  const { locale } = usePage();
  const words = useWords().office.calendar;
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

type CalendarPageParts = {
  readonly whose: Whose;
  readonly calendars: CalendarsOfPerson;
  /** whether this installation reads any address */
  readonly readsAddresses: boolean;
};

/** A16: a file of one's own calendar, or an address of it; and how it stands with both. */
const CalendarPage = ({ whose, calendars, readsAddresses }: CalendarPageParts): VNode => {
  const words = useWords().office.calendar;
  const path = `/program/${whose.staffId}/calendar`;
  return (
    <HeadedPage
      title={whose.own ? words.title : `${words.titleOf} ${whose.name}`}
      summary={words.faulty}
      done={words.done}
      back={{ href: `/program/${whose.staffId}`, text: words.back }}
      lead={words.lead}
    >
      <h2>{words.fileTitle}</h2>
      <p>{words.fileLead}</p>
      <Standing standing={calendars.file} />
      <form method="post" action={`${path}/import`} enctype="multipart/form-data" novalidate>
        <TextField name={fileField} type="file" label={words.file} hint={words.fileHint} accept=".ics,text/calendar" />
        <button>{words.send}</button>
      </form>
      <h2>{words.addressTitle}</h2>
      {readsAddresses ? <p>{words.addressLead}</p> : <p>{words.noAddresses}</p>}
      {calendars.followed ? (
        <>
          <p>{words.isFollowed}</p>
          {calendars.address.read === undefined && calendars.address.failed === undefined ? <p>{words.notReadYet}</p> : null}
          <Standing standing={calendars.address} />
          <form method="post" action={`${path}/renunta`} novalidate>
            <button class="second">{words.leave}</button>
          </form>
        </>
      ) : null}
      {readsAddresses ? (
        <TypedForm action={`${path}/adresa`}>
          <TextField name={addressField} type="url" label={words.address} hint={words.addressHint} />
          <button>{words.follow}</button>
        </TypedForm>
      ) : null}
    </HeadedPage>
  );
};

/**
 * The one file of a form. A form without a file is one in which the person chose none.
 * @throws HttpProblem `unsupported-media-type` when no form with a file was sent, `invalid` when it ends before its end
 */
const uploadedCalendar = async (request: FastifyRequest): Promise<{ readonly text: string } | 'too-large' | 'no-file'> => {
  if (!request.isMultipart()) throw new HttpProblem({ code: 'unsupported-media-type' });
  let found: { readonly text: string } | 'too-large' | 'no-file' = 'no-file';
  for await (const part of unbroken(request.parts())) {
    if (part.type === 'file') found = await textWithin(unbroken(part.file), largestCalendarBytes);
  }
  return typeof found === 'object' && found.text.trim() === '' ? 'no-file' : found;
};

const longestWaitMilliseconds = 2000;

/** Absences out of a civil servant's own calendar (A16). The same file sent twice changes nothing the second time. */
@Pages('program/:id/calendar')
export class CalendarPages {
  constructor(
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.schedule', 'staff')
  async standing(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    return this.#show(request, staffId);
  }

  @Post('import')
  @KeepsNothing('file')
  @ForOfficials('staff.schedule', 'staff')
  async file(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const sent = await uploadedCalendar(request);
    const locale = localeOfPage(request);
    const wrong = (message: string): Promise<Answer> => this.#show(request, staffId, [{ field: fileField, message }]);
    if (sent === 'no-file') return wrong(sentences[locale].office.calendar.noFile);
    if (sent === 'too-large') return wrong(whyNothing['too-large'][locale]);
    const taken = answered(await this.calendars.takeFile(officialOf(request), staffId, sent.text));
    if (taken.kind === 'nothing') return wrong(whyNothing[taken.why][locale]);
    await this.ports.readModels.reached(taken.position, longestWaitMilliseconds);
    return seeOther(`/program/${staffId}/calendar?facut=fisier`);
  }

  @Post('adresa')
  @KeepsTyped(({ id = '' }) => `/program/${id}/calendar`)
  @ForOfficials('staff.schedule', 'staff')
  async follow(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const outcome = answered(await this.calendars.follow(officialOf(request), staffId, formOf(request).text(addressField)));
    if (outcome === 'followed') return seeOther(`/program/${staffId}/calendar?facut=adresa`);
    const locale = localeOfPage(request);
    const message = outcome === 'no-address' ? sentences[locale].office.calendar.noAddress : whyNothing['address-not-allowed'][locale];
    return this.#show(request, staffId, [{ field: addressField, message }]);
  }

  @Post('renunta')
  @KeepsNothing('nothing-typed')
  @ForOfficials('staff.schedule', 'staff')
  async leave(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    answered(await this.calendars.leave(officialOf(request), staffId));
    return seeOther(`/program/${staffId}/calendar?facut=renuntat`);
  }

  async #show(request: FastifyRequest, staffId: string, faults?: readonly Fault[]): Promise<Answer> {
    const [whose, calendars] = await Promise.all([whoseTime(this.ports, request, staffId), this.calendars.of(staffId)]);
    const { readsAddresses } = this.calendars;
    return formView(<CalendarPage {...{ whose, calendars, readsAddresses }} />, faults);
  }
}
