import { officialOf } from '../../api/access/viewer';
import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal } from '../../../domain/kernel/refusal';
import { AbsenceCalendars } from '../../nest/absence-calendars';
import { whyNothing } from '../../outside/absences/sentences';
import { HttpProblem, problemOfRefusal } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { askedBy } from './asked';
import { addressField, CalendarPage, fileField } from './calendar-page';
import { whoseTime } from './whose';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing, KeepsTyped } from '../forms/kept-form';
import { largestCalendarBytes } from '../../outside/absences/fetch-calendar';
import { textWithin } from '../../api/body/text-within';
import { unbroken } from '../registry/import/sent-lines';

/**
 * The one file of a form. A form without a file is one in which nobody chose any.
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
    private readonly pages: PageDesk,
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.schedule', 'staff')
  async standing(@Req() request: FastifyRequest, @Param('id') staffId: string, @Query() query: unknown): Promise<Answer> {
    return this.#show(request, staffId, { done: askedBy(query)('facut') });
  }

  @Post('import')
  @KeepsNothing('file')
  @ForOfficials('staff.schedule', 'staff')
  async file(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const sent = await uploadedCalendar(request);
    const { locale } = await this.pages.contextOf(request);
    const wrong = (message: string): Promise<Answer> => this.#show(request, staffId, { faults: [{ field: fileField, message }] });
    if (sent === 'no-file') return wrong(sentences[locale].office.calendar.noFile);
    if (sent === 'too-large') return wrong(whyNothing['too-large'][locale]);
    const taken = await this.calendars.takeFile(officialOf(request), staffId, sent.text);
    if (isRefusal(taken)) throw new HttpProblem(problemOfRefusal(taken));
    if (taken.kind === 'nothing') return wrong(whyNothing[taken.why][locale]);
    await this.ports.readModels.reached(taken.position, longestWaitMilliseconds);
    return seeOther(`/program/${staffId}/calendar?facut=fisier`);
  }

  @Post('adresa')
  @KeepsTyped(({ id = '' }) => `/program/${id}/calendar`)
  @ForOfficials('staff.schedule', 'staff')
  async follow(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const typed = formOf(request).text(addressField);
    const outcome = await this.calendars.follow(staffId, typed);
    const { locale } = await this.pages.contextOf(request);
    if (outcome !== 'followed') {
      const message = outcome === 'no-address' ? sentences[locale].office.calendar.noAddress : whyNothing['address-not-allowed'][locale];
      return this.#show(request, staffId, { faults: [{ field: addressField, message }], typed });
    }
    return seeOther(`/program/${staffId}/calendar?facut=adresa`);
  }

  @Post('renunta')
  @KeepsNothing('nothing-typed')
  @ForOfficials('staff.schedule', 'staff')
  async leave(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    await this.calendars.leave(staffId);
    return seeOther(`/program/${staffId}/calendar?facut=renuntat`);
  }

  async #show(
    request: FastifyRequest,
    staffId: string,
    { faults = [], typed = '', done = '' }: { readonly faults?: readonly Fault[]; readonly typed?: string; readonly done?: string },
  ): Promise<Answer> {
    const [context, whose, calendars] = await Promise.all([
      this.pages.contextOf(request),
      whoseTime(this.ports, request, staffId),
      this.calendars.of(staffId),
    ]);
    const told = new Map(Object.entries(sentences[context.locale].office.calendar.done));
    const { readsAddresses } = this.calendars;
    const parts = { context, whose, calendars, readsAddresses, faults, typed, done: told.get(done) };
    return view(<CalendarPage {...parts} />, faults.length > 0 ? 422 : 200);
  }
}
