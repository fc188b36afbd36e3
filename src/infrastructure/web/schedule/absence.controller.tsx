import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type InTheWayQuery, ListMeetingsInTheWay } from '../../../application/staff/in-the-way';
import { RecordAbsence } from '../../../application/staff/record-absence';
import { GetStaffSchedule } from '../../../application/staff/staff-schedule';
import { isRefusal } from '../../../domain/kernel/refusal';
import { AbsenceBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { AbsenceCheck, AbsenceForm } from './absence-page';
import { type QueryParameters, queryParametersOf } from './query';
import { faultsOfBody } from '../forms/checked';
import { absenceTyped, atTheirFields, readAbsence } from './typed-absence';
import { whoseTime } from './whose';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsTyped } from '../forms/stored-form';

const faulty = 422;

/** A new absence (A16): when, then what falls into it, then yes. The reason is asked in the form that is sent, never in an address. */
@Pages('program/:id')
export class AbsencePages {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly queries: QueryBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('absenta')
  @ForOfficials('staff.schedule', 'staff')
  async when(@Req() request: FastifyRequest, @Param('id') staffId: string, @Query() query: unknown): Promise<Answer> {
    return this.#check(request, staffId, queryParametersOf(query), { reason: '', faults: [] });
  }

  @Post('absente')
  @KeepsTyped(
    ({ id = '' }, form) => `/program/${id}/absenta?${new URLSearchParams({ ...absenceTyped((name) => form.text(name)) }).toString()}`,
  )
  @ForOfficials('staff.schedule', 'staff')
  async record(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    const form = formOf(request);
    const asked: QueryParameters = (name) => form.text(name);
    const { locale } = await this.pages.contextOf(request);
    const read = readAbsence(absenceTyped(asked), locale);
    const reason = form.text('reason');
    if (!('from' in read)) {
      return this.#check(request, staffId, asked, { reason, faults: [] });
    }
    const { from, to } = read;
    const faults =
      reason === ''
        ? [{ field: 'reason', message: sentences[locale].office.changes.reasonMissing }]
        : faultsOfBody(Object.assign(new AbsenceBody(), { from, to, reason }), locale);
    if (faults.length > 0) {
      return this.#check(request, staffId, asked, { reason, faults });
    }
    const command = () => ({ staffId, from, to, reason });
    const outcome = await this.forms.carryOut(request, { useCase: RecordAbsence, command });
    if (isRefusal(outcome)) {
      return this.#check(request, staffId, asked, { reason, faults: atTheirFields(faultsOf(outcome, locale, 'fromDate'), locale) });
    }
    return seeOther(`/program/${staffId}?facut=absenta`);
  }

  /** The first step while there is nothing to check, or something wrong with when; else the second. */
  async #check(
    request: FastifyRequest,
    staffId: string,
    asked: QueryParameters,
    { reason, faults }: { readonly reason: string; readonly faults: readonly Fault[] },
  ): Promise<Answer> {
    const [context, whose] = await Promise.all([this.pages.contextOf(request), whoseTime(this.ports, request, staffId)]);
    const typed = absenceTyped(asked);
    const form = (wrong: readonly Fault[]): Answer =>
      view(<AbsenceForm context={context} whose={whose} typed={typed} faults={wrong} />, wrong.length > 0 ? faulty : 200);
    const nothingYet = Object.values(typed).every((text) => text === '') && !request.url.includes('?');
    if ((nothingYet && request.method === 'GET') || asked('change') !== '') return form([]);
    const read = readAbsence(typed, context.locale);
    if (!('from' in read)) return form(read);
    const { from, to, repeated } = read;
    const question: InTheWayQuery = { staffId, change: { kind: 'absence', from, to } };
    const meetings = await this.queries.execute(new ListMeetingsInTheWay(question));
    if (isRefusal(meetings)) return form(atTheirFields(faultsOf(meetings, context.locale, 'fromDate'), context.locale));
    const schedule = await this.queries.execute(new GetStaffSchedule({ staffId }));
    const absences = isRefusal(schedule) ? [] : [...schedule.absences, ...schedule.past];
    const already = absences.filter((absence) => absence.from < to && from < absence.to);
    const parts = { context, whose, typed, from, to, repeated, already, meetings, reason, faults };
    return view(<AbsenceCheck {...parts} />, faults.length > 0 ? faulty : 200);
  }
}
