import { Body, Delete, Get, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../access/access-decorator';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { AbsenceNamed, HoursAnswer, LetterNamed, LettersAnswer, RequestNamed, StaffNamed } from '../dto/answers';
import { created, order, type Order } from '../commands/command-interceptor';
import { QueryService } from '../commands/query-service';
import { AbsencePath, LetterPath, registeredIdentity, RequestPath, StaffPath } from '../dto/paths';
import { AbsenceBody, HoursBody, LateAdmissionBody, LettersBody, SharedHourBody } from '../dto/staff';
import { RecordAbsence, WithdrawAbsence } from '../../../application/staff/record-absence';
import { ChooseLetters, GetLetters } from '../../../application/staff/choose-letters';
import { SetWorkingHours } from '../../../application/staff/register-staff';
import { RecordBouncedLetter } from '../../../application/resolution/bounces';
import { AllowSharedHour, GrantLateAdmission } from '../../../application/requests/register-request';
import { GetStaffSchedule, type StaffSchedule } from '../../../application/staff/staff-schedule';
import { defined } from '@tichet-albastru/kernel/defined';
import { staffStream } from '../../../domain/staff/facts';

const hoursOf = ({ staffId, week, since, coming }: StaffSchedule): Plain<HoursAnswer> => ({ staffId, week, ...defined({ since }), coming });

/** A civil servant's own time (A16), a letter that came back (C18), a late admission (A27). */
@Api('', 'Staff')
export class ScheduleController {
  constructor(private readonly reads: QueryService) {}

  @Post('staff/:id/absences')
  @Access('staff.schedule', 'staff')
  @CommandOperation('Not there; meetings in the way become tasks', { 201: AbsenceNamed })
  recordAbsence(@Param() { id }: StaffPath, @Body() { ...body }: AbsenceBody): Order {
    return order(RecordAbsence, { ...body, staffId: id }, created);
  }

  @Delete('staff/:id/absences/:absenceId')
  @Access('staff.schedule', 'staff')
  @CommandOperation('There after all', { 200: AbsenceNamed })
  withdrawAbsence(@Param() { id, absenceId }: AbsencePath): Order {
    return order(WithdrawAbsence, { staffId: id, absenceId });
  }

  @Get('staff/:id/hours')
  @Access('staff.schedule', 'staff')
  @Operation('The week in force, and those that will hold from a later day on', { 200: HoursAnswer })
  async getWorkingHours(@Res({ passthrough: true }) reply: FastifyReply, @Param() { id }: StaffPath): Promise<Plain<HoursAnswer>> {
    const hours = hoursOf(await this.reads.ask(GetStaffSchedule, { staffId: id }));
    this.reads.mark(reply, hours);
    return hours;
  }

  @Put('staff/:id/hours')
  @Access('staff.schedule', 'staff')
  @CommandOperation('The week from that day on', { 200: StaffNamed })
  setWorkingHours(@Param() { id }: StaffPath, @Body() { ...body }: HoursBody): Order {
    const shown = async () => hoursOf(await this.reads.ask(GetStaffSchedule, { staffId: id }));
    return order(SetWorkingHours, { ...body, staffId: id }, { replaces: { stream: staffStream(id), shown } });
  }

  @Get('staff/:id/letters')
  @Access('staff.letters', 'staff')
  @Operation('How one is told by e-mail of one’s own meetings and duties', { 200: LettersAnswer })
  async getLetters(@Res({ passthrough: true }) reply: FastifyReply, @Param() { id }: StaffPath): Promise<Plain<LettersAnswer>> {
    const letters = await this.reads.ask(GetLetters, { staffId: id });
    this.reads.mark(reply, letters);
    return letters;
  }

  @Put('staff/:id/letters')
  @Access('staff.letters', 'staff')
  @CommandOperation('Chooses it', { 200: StaffNamed })
  chooseLetters(@Param() { id }: StaffPath, @Body() { ...body }: LettersBody): Order {
    const shown = () => this.reads.ask(GetLetters, { staffId: id });
    return order(ChooseLetters, { ...body, staffId: id }, { replaces: { stream: staffStream(id), shown } });
  }

  @Post('letters/:id/bounced')
  @Access('ticket.handle', 'letter')
  @CommandOperation('C18: a person saw this letter come back', { 200: LetterNamed })
  letterBounced(@Param() { id }: LetterPath): Order {
    return order(RecordBouncedLetter, { letterId: id }, { answer: () => ({ body: { letterId: id } }) });
  }

  @Post('requests/:number/:filedOn/late-admission')
  @Access('request.admit-late', 'request')
  @CommandOperation('A27: admit a request whose 30 days are over', { 200: RequestNamed }, ['request-not-found', 'not-eligible'])
  grantLateAdmission(@Param() path: RequestPath, @Body() { ...body }: LateAdmissionBody): Order {
    return order(GrantLateAdmission, { ...body, request: registeredIdentity(path) });
  }

  @Post('requests/:number/:filedOn/shared-hours')
  @Access('request.share-hour', 'request')
  @CommandOperation('A24: let the applicant be in two meetings at this hour', { 200: RequestNamed }, ['request-not-found'])
  allowSharedHour(@Param() path: RequestPath, @Body() { ...body }: SharedHourBody): Order {
    return order(AllowSharedHour, { ...body, request: registeredIdentity(path) });
  }
}
