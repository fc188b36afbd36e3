import { Body, Delete, HttpStatus, Param, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access-decorator';
import { Api, TakesKey } from '../api-decorator';
import { CommandDesk } from '../commands/command-desk';
import { AnswerBody, DayBody, LeftBody, ReasonBody, RequestBody, StaffBody } from '../../validation/administration';
import { registeredIdentity } from '../dto/identity';
import { DayPath, RequestPath, StaffPath, TicketPath } from '../dto/paths';
import { RegisterRequest } from '../../../application/requests/register-request';
import { CommunicateAnswer } from '../../../application/requests/communicate-answer';
import { RegisterStaff } from '../../../application/staff/register-staff';
import { RecordStaffDeparture } from '../../../application/staff/staff-left';
import { DeclareBridgeDay } from '../../../application/staff/declare-bridge-day';
import { DeclareWorkingDay } from '../../../application/staff/declare-working-day';
import { RestoreDay } from '../../../application/staff/restore-day';
import { ForgetTicket } from '../../../application/privacy/forget-ticket';

/** Registry: what the document system says of a request (Art. 2). */
@Api('requests/:number/:filedOn', 'Registry')
export class RegistryController {
  constructor(private readonly desk: CommandDesk) {}

  @Put()
  @Access('request.register')
  @ApiOperation({ summary: 'A registered request, for the first time or again' })
  @ApiOkResponse()
  register(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() path: RequestPath,
    @Body() { ...body }: RequestBody,
  ): Promise<void> {
    const command = () => ({ ...body, ...registeredIdentity(path) });
    return this.desk.take(request, reply, { useCase: RegisterRequest, command, answer: (known) => ({ body: known }) });
  }

  @Post('answers')
  @Access('request.register')
  @TakesKey()
  @ApiOperation({ summary: 'Art. 2 b: an answer was communicated; 200 when that document is known' })
  @ApiCreatedResponse()
  answer(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() path: RequestPath,
    @Body() answer: AnswerBody,
  ): Promise<void> {
    return this.desk.take(request, reply, {
      useCase: CommunicateAnswer,
      command: () => ({ request: registeredIdentity(path), answer }),
      answer: ({ known, ...communicated }) => ({ status: known ? HttpStatus.OK : HttpStatus.CREATED, body: communicated }),
    });
  }
}

/** Administration: people, days declared free or working, erasure. */
@Api('', 'Administration')
export class AdministrationController {
  constructor(private readonly desk: CommandDesk) {}

  @Put('staff/:id')
  @Access('staff.administer')
  @ApiOperation({ summary: 'A civil servant who may be met, for the first time or again' })
  @ApiOkResponse()
  staff(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { ...body }: StaffBody,
  ): Promise<void> {
    const command = () => ({ ...body, staffId: id });
    return this.desk.take(request, reply, { useCase: RegisterStaff, command, answer: (known) => ({ body: known }) });
  }

  @Post('staff/:id/left')
  @Access('staff.administer')
  @TakesKey()
  @ApiOperation({ summary: 'No longer there from that day on; meetings become tasks' })
  @ApiOkResponse()
  left(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { ...body }: LeftBody,
  ): Promise<void> {
    const command = () => ({ ...body, staffId: id });
    return this.desk.take(request, reply, { useCase: RecordStaffDeparture, command, answer: (left) => ({ body: left }) });
  }

  @Post('bridge-days')
  @Access('day.declare')
  @TakesKey()
  @ApiOperation({ summary: 'A working day declared free by a dated decision' })
  @ApiCreatedResponse()
  bridgeDay(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() { ...body }: DayBody): Promise<void> {
    const command = () => ({ ...body });
    return this.desk.take(request, reply, {
      useCase: DeclareBridgeDay,
      command,
      answer: (day) => ({ status: HttpStatus.CREATED, body: day }),
    });
  }

  @Post('working-days')
  @Access('day.declare')
  @TakesKey()
  @ApiOperation({ summary: 'A free day declared a working day' })
  @ApiCreatedResponse()
  workingDay(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() { ...body }: DayBody): Promise<void> {
    const command = () => ({ ...body });
    return this.desk.take(request, reply, {
      useCase: DeclareWorkingDay,
      command,
      answer: (day) => ({ status: HttpStatus.CREATED, body: day }),
    });
  }

  @Delete(['bridge-days/:date', 'working-days/:date'])
  @Access('day.declare')
  @ApiOperation({ summary: 'The day is again what the law says' })
  @ApiOkResponse()
  restore(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() { date }: DayPath): Promise<void> {
    const command = () => ({ date });
    return this.desk.take(request, reply, { useCase: RestoreDay, command, answer: (day) => ({ body: day }) });
  }

  @Post('tickets/:id/forget')
  @Access('ticket.forget', 'ticket')
  @TakesKey()
  @ApiOperation({ summary: 'Erase who the citizen is; refused while the ticket is active' })
  @ApiOkResponse()
  forget(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { reason }: ReasonBody,
  ): Promise<void> {
    const command = () => ({ ticketId: id, reason });
    return this.desk.take(request, reply, { useCase: ForgetTicket, command, answer: (report) => ({ body: report }) });
  }
}
