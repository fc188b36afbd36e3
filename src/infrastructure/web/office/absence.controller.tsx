import { Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type InTheWayAsked, ListMeetingsInTheWay } from '../../../application/staff/in-the-way';
import { RecordAbsence } from '../../../application/staff/record-absence';
import { GetStaffSchedule } from '../../../application/staff/staff-schedule';
import { isRefusal } from '../../../domain/kernel/refusal';
import { AbsenceBody } from '../../api/dto/staff';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-shown';
import { AbsenceCheck, AbsenceForm } from './absence-page';
import { type Asked, askedBy, faultsOfBody } from './asked';
import { absenceTyped, atTheirFields, readAbsence } from './typed-absence';
import { whoseTime } from './whose';
import { sentences } from '../../phrasing/sentences';

const faulty = 422;

/** A new absence (A16): when, then what falls into it, then yes. The reason is asked in the form that is sent, never in an address. */
@Pages('program/:id')
export class AbsencePages {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly queries: QueryBus,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('absenta')
  @ForOfficials('staff.schedule', 'staff')
  async when(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param('id') staffId: string,
    @Query() query: unknown,
  ): Promise<void> {
    await this.#check(request, reply, staffId, askedBy(query), { reason: '', faults: [] });
  }

  @Post('absente')
  @ForOfficials('staff.schedule', 'staff')
  async record(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') staffId: string): Promise<void> {
    const form = formOf(request);
    const asked: Asked = (name) => form.text(name);
    const { locale } = await this.pages.contextOf(request);
    const read = readAbsence(absenceTyped(asked), locale);
    const reason = form.text('reason');
    if (!('from' in read)) {
      await this.#check(request, reply, staffId, asked, { reason, faults: [] });
      return;
    }
    const { from, to } = read;
    const faults =
      reason === ''
        ? [{ field: 'reason', message: sentences[locale].office.changes.reasonMissing }]
        : faultsOfBody(Object.assign(new AbsenceBody(), { from, to, reason }), locale);
    if (faults.length > 0) {
      await this.#check(request, reply, staffId, asked, { reason, faults });
      return;
    }
    const command = () => ({ staffId, from, to, reason });
    const outcome = await this.forms.carryOut(request, { useCase: RecordAbsence, command });
    if (isRefusal(outcome)) {
      await this.#check(request, reply, staffId, asked, { reason, faults: atTheirFields(faultsOf(outcome, locale, 'fromDate'), locale) });
      return;
    }
    await reply.redirect(`/program/${staffId}?facut=absenta`, 303);
  }

  /** The first step while there is nothing to check, or something wrong with when; else the second. */
  async #check(
    request: FastifyRequest,
    reply: FastifyReply,
    staffId: string,
    asked: Asked,
    { reason, faults }: { readonly reason: string; readonly faults: readonly Fault[] },
  ): Promise<void> {
    const [context, whose] = await Promise.all([this.pages.contextOf(request), whoseTime(this.ports, request, staffId)]);
    const typed = absenceTyped(asked);
    const form = async (wrong: readonly Fault[]): Promise<void> =>
      this.pages.show(reply, <AbsenceForm context={context} whose={whose} typed={typed} faults={wrong} />, wrong.length > 0 ? faulty : 200);
    const nothingYet = Object.values(typed).every((text) => text === '') && !request.url.includes('?');
    if ((nothingYet && request.method === 'GET') || asked('change') !== '') return form([]);
    const read = readAbsence(typed, context.locale);
    if (!('from' in read)) return form(read);
    const { from, to, repeated } = read;
    const question: InTheWayAsked = { staffId, change: { kind: 'absence', from, to } };
    const meetings = await this.queries.execute(new ListMeetingsInTheWay(question));
    if (isRefusal(meetings)) return form(atTheirFields(faultsOf(meetings, context.locale, 'fromDate'), context.locale));
    const schedule = await this.queries.execute(new GetStaffSchedule({ staffId }));
    const absences = isRefusal(schedule) ? [] : [...schedule.absences, ...schedule.past];
    const already = absences.filter((absence) => absence.from < to && from < absence.to);
    const once = this.forms.once();
    const parts = { context, whose, typed, from, to, repeated, already, meetings, reason, faults, once };
    return this.pages.show(reply, <AbsenceCheck {...parts} />, faults.length > 0 ? faulty : 200);
  }
}
