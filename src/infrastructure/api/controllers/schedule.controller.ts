import { Body, Delete, HttpStatus, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access-decorator';
import { Api, Operation, TakesKey } from '../api-decorator';
import { AbsenceNamed, LetterNamed, RequestNamed, StaffNamed } from '../dto/answers';
import { CommandDesk } from '../commands/command-desk';
import { registeredIdentity } from '../dto/identity';
import { AbsencePath, LetterPath, RequestPath, StaffPath } from '../dto/paths';
import { AbsenceBody, HoursBody, LateAdmissionBody } from '../dto/staff';
import { RecordAbsence, WithdrawAbsence } from '../../../application/staff/record-absence';
import { SetWorkingHours } from '../../../application/staff/register-staff';
import { RecordBouncedLetter } from '../../../application/resolution/bounces';
import { GrantLateAdmission } from '../../../application/requests/register-request';

/** A civil servant's own time (A16), a letter that came back (C18), a late admission (A27). */
@Api('', 'Staff')
export class ScheduleController {
  constructor(private readonly desk: CommandDesk) {}

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
  @Operation('There after all', { 200: AbsenceNamed })
  withdrawAbsence(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { id, absenceId }: AbsencePath): Promise<void> {
    const command = () => ({ staffId: id, absenceId });
    return this.desk.take(request, reply, { useCase: WithdrawAbsence, command, answer: (absence) => ({ body: absence }) });
  }

  @Put('staff/:id/hours')
  @Access('staff.schedule', 'staff')
  @Operation('The week from that day on', { 200: StaffNamed })
  setWorkingHours(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { ...body }: HoursBody,
  ): Promise<void> {
    const command = () => ({ ...body, staffId: id });
    return this.desk.take(request, reply, { useCase: SetWorkingHours, command, answer: (set) => ({ body: set }) });
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
