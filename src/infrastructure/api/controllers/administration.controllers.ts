import { Body, Delete, Get, HttpStatus, Param, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Access } from '../access/access-decorator';
import { Api, Operation, TakesKey, type Plain } from '../api-decorator';
import { AnswerNamed, DayNamed, ErasureAnswer, RequestAnswer, RequestNamed, StaffMemberAnswer, StaffNamed } from '../dto/answers';
import { CommandService } from '../commands/command-service';
import { QueryService } from '../commands/query-service';
import { AnswerBody, DayBody, LeftBody, ReasonBody, RequestBody, StaffBody } from '../../validation/administration';
import { DayPath, registeredIdentity, RequestPath, StaffPath, TicketPath } from '../dto/paths';
import { CommunicateAnswer, GetRequest, RegisterRequest } from '../../../application/requests/register-request';
import { GetStaffMember, RecordStaffDeparture, RegisterStaff } from '../../../application/staff/register-staff';
import { DeclareBridgeDay, DeclareWorkingDay, RestoreDay } from '../../../application/staff/declare-day';
import { ForgetTicket } from '../../../application/privacy/forget';
import { staffStream } from '../../../domain/staff/facts';
import { requestStream } from '../../../domain/request/facts';

/** Registry: what the document system says of a request (Art. 2). */
@Api('requests/:number/:filedOn', 'Registry')
export class RegistryController {
  constructor(
    private readonly desk: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Get()
  @Access('request.register')
  @Operation('The request as it was registered last', { 200: RequestAnswer }, ['not-found'])
  getRequest(@Res({ passthrough: true }) reply: FastifyReply, @Param() path: RequestPath): Promise<Plain<RequestAnswer>> {
    return this.reads.show(reply, GetRequest, registeredIdentity(path));
  }

  @Put()
  @Access('request.register')
  @TakesKey()
  @Operation('A registered request, for the first time or again', { 200: RequestNamed })
  registerRequest(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() path: RequestPath,
    @Body() { ...body }: RequestBody,
  ): Promise<void> {
    const identity = registeredIdentity(path);
    return this.desk.take(request, reply, {
      useCase: RegisterRequest,
      command: () => ({ ...body, ...identity }),
      replaces: { stream: requestStream(identity), shown: () => this.reads.find(GetRequest, identity) },
      answer: (known) => ({ body: known }),
    });
  }

  @Post('answers')
  @Access('request.register')
  @TakesKey()
  @Operation('Art. 2 b: an answer was communicated; 200 when that document is known', { 200: AnswerNamed, 201: AnswerNamed }, [
    'request-not-found',
    'wrong-state',
  ])
  communicateAnswer(
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
  constructor(
    private readonly desk: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Get('staff/:id')
  @Access('staff.administer')
  @Operation('The civil servant as registered last', { 200: StaffMemberAnswer }, ['not-found'])
  getStaffMember(@Res({ passthrough: true }) reply: FastifyReply, @Param() { id }: StaffPath): Promise<Plain<StaffMemberAnswer>> {
    return this.reads.show(reply, GetStaffMember, { staffId: id });
  }

  @Put('staff/:id')
  @Access('staff.administer')
  @TakesKey()
  @Operation('A civil servant who may be met, for the first time or again', { 200: StaffNamed })
  registerStaff(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: StaffPath,
    @Body() { ...body }: StaffBody,
  ): Promise<void> {
    return this.desk.take(request, reply, {
      useCase: RegisterStaff,
      command: () => ({ ...body, staffId: id }),
      replaces: { stream: staffStream(id), shown: () => this.reads.find(GetStaffMember, { staffId: id }) },
      answer: (known) => ({ body: known }),
    });
  }

  @Post('staff/:id/left')
  @Access('staff.administer')
  @TakesKey()
  @Operation('No longer there from that day on; meetings become tasks', { 200: StaffNamed })
  staffLeft(
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
  @Operation('A working day declared free by a dated decision', { 201: DayNamed })
  declareBridgeDay(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() { ...body }: DayBody): Promise<void> {
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
  @Operation('A free day declared a working day', { 201: DayNamed })
  declareWorkingDay(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Body() { ...body }: DayBody): Promise<void> {
    const command = () => ({ ...body });
    return this.desk.take(request, reply, {
      useCase: DeclareWorkingDay,
      command,
      answer: (day) => ({ status: HttpStatus.CREATED, body: day }),
    });
  }

  @Delete('bridge-days/:date')
  @Access('day.declare')
  @TakesKey()
  @Operation('The day is again what the law says', { 200: DayNamed })
  restoreBridgeDay(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() path: DayPath): Promise<void> {
    return this.#restore(request, reply, path);
  }

  @Delete('working-days/:date')
  @Access('day.declare')
  @TakesKey()
  @Operation('The day is again what the law says', { 200: DayNamed })
  restoreWorkingDay(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param() path: DayPath): Promise<void> {
    return this.#restore(request, reply, path);
  }

  @Post('tickets/:id/forget')
  @Access('ticket.forget', 'ticket')
  @TakesKey()
  @Operation('Erase who the citizen is; refused while the ticket is active', { 200: ErasureAnswer }, ['wrong-state'])
  forgetTicket(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { reason }: ReasonBody,
  ): Promise<void> {
    const command = () => ({ ticketId: id, reason });
    return this.desk.take(request, reply, { useCase: ForgetTicket, command, answer: (report) => ({ body: report }) });
  }

  #restore(request: FastifyRequest, reply: FastifyReply, { date }: DayPath): Promise<void> {
    const command = () => ({ date });
    return this.desk.take(request, reply, { useCase: RestoreDay, command, answer: (day) => ({ body: day }) });
  }
}
