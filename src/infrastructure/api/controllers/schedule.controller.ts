import { Body, Delete, Get, HttpStatus, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access-decorator';
import { Api, Operation, TakesKey, type Plain } from '../api-decorator';
import { AbsenceNamed, HoursAnswer, LetterNamed, RequestNamed, StaffNamed } from '../dto/answers';
import { CommandService } from '../commands/command-service';
import { etagOf } from '../commands/preconditions';
import { QueryService } from '../commands/query-service';
import { AbsencePath, LetterPath, registeredIdentity, RequestPath, StaffPath } from '../dto/paths';
import { AbsenceBody, HoursBody, LateAdmissionBody } from '../dto/staff';
import { RecordAbsence, WithdrawAbsence } from '../../../application/staff/record-absence';
import { SetWorkingHours } from '../../../application/staff/register-staff';
import { RecordBouncedLetter } from '../../../application/resolution/bounces';
import { GrantLateAdmission } from '../../../application/requests/register-request';
import { GetStaffSchedule, type StaffSchedule } from '../../../application/staff/staff-schedule';
import { defined } from '../../../domain/kernel/defined';
import { staffStream } from '../../../domain/staff/facts';

const hoursOf = ({ staffId, week, since, coming }: StaffSchedule): Plain<HoursAnswer> => ({ staffId, week, ...defined({ since }), coming });

/** A civil servant's own time (A16), a letter that came back (C18), a late admission (A27). */
@Api('', 'Staff')
export class ScheduleController {
  constructor(
    private readonly desk: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Post('staff/:id/absences')
  @Access('staff.schedule', 'staff')
  @TakesKey()
  @Operation('Not there; meetings in the way become tasks', { 201: AbsenceNamed })
  recordAbsence(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { ...body }: AbsenceBody,
  ): Promise<void> {
    return this.desk.take(request, reply, {
      useCase: RecordAbsence,
      command: () => ({ ...body, staffId: id }),
      answer: (absence) => ({ status: HttpStatus.CREATED, body: absence }),
    });
  }

  @Delete('staff/:id/absences/:absenceId')
  @Access('staff.schedule', 'staff')
  @TakesKey()
  @Operation('There after all', { 200: AbsenceNamed })
  withdrawAbsence(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { id, absenceId }: AbsencePath): Promise<void> {
    const command = () => ({ staffId: id, absenceId });
    return this.desk.take(request, reply, { useCase: WithdrawAbsence, command, answer: (absence) => ({ body: absence }) });
  }

  @Get('staff/:id/hours')
  @Access('staff.schedule', 'staff')
  @Operation('The week in force, and those that will hold from a later day on', { 200: HoursAnswer })
  async getWorkingHours(@Res({ passthrough: true }) reply: FastifyReply, @Param() { id }: StaffPath): Promise<Plain<HoursAnswer>> {
    const hours = hoursOf(await this.reads.ask(GetStaffSchedule, { staffId: id }));
    void reply.header('ETag', etagOf(hours));
    return hours;
  }

  @Put('staff/:id/hours')
  @Access('staff.schedule', 'staff')
  @TakesKey()
  @Operation('The week from that day on', { 200: StaffNamed })
  setWorkingHours(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { ...body }: HoursBody,
  ): Promise<void> {
    return this.desk.take(request, reply, {
      useCase: SetWorkingHours,
      command: () => ({ ...body, staffId: id }),
      replaces: { stream: staffStream(id), shown: async () => hoursOf(await this.reads.ask(GetStaffSchedule, { staffId: id })) },
      answer: (set) => ({ body: set }),
    });
  }

  @Post('letters/:id/bounced')
  @Access('ticket.handle', 'letter')
  @TakesKey()
  @Operation('C18: a person saw this letter come back', { 200: LetterNamed })
  letterBounced(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { id }: LetterPath): Promise<void> {
    const command = () => ({ letterId: id });
    return this.desk.take(request, reply, { useCase: RecordBouncedLetter, command, answer: () => ({ body: { letterId: id } }) });
  }

  @Post('requests/:number/:filedOn/late-admission')
  @Access('request.admit-late', 'request')
  @TakesKey()
  @Operation('A27: admit a request whose 30 days are over', { 200: RequestNamed }, ['request-not-found', 'not-eligible'])
  grantLateAdmission(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() path: RequestPath,
    @Body() { ...body }: LateAdmissionBody,
  ): Promise<void> {
    const command = () => ({ ...body, request: registeredIdentity(path) });
    return this.desk.take(request, reply, {
      useCase: GrantLateAdmission,
      command,
      answer: (admitted) => ({ body: admitted }),
    });
  }
}
