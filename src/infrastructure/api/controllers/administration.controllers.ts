import { Body, Delete, Get, HttpStatus, Param, Post, Put, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Access } from '../access/access-decorator';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import {
  AnswerNamed,
  DayNamed,
  ErasureAnswer,
  RequestAnswer,
  RequestNamed,
  RequestRegisteredAnswer,
  StaffMemberAnswer,
  StaffNamed,
  TicketNamed,
} from '../dto/answers';
import { created, order, type Order } from '../commands/command-interceptor';
import { ticketNamed } from '../commands/ticket-named';
import { QueryService } from '../commands/query-service';
import {
  AnswerBody,
  AnswerCorrectedBody,
  AnswerWithdrawnBody,
  ConclusionsErasureBody,
  DayBody,
  DisputeBody,
  LeftBody,
  ReasonBody,
  RequestBody,
  RestrictionBody,
  RestrictionLiftedBody,
  StaffBody,
} from '../../validation/administration';
import { DayPath, registeredIdentity, RequestPath, StaffPath, TicketPath } from '../dto/paths';
import {
  CommunicateAnswer,
  CorrectAnswer,
  GetRequest,
  RegisterRequest,
  SettleDispute,
  WithdrawAnswer,
} from '../../../application/requests/register-request';
import { GetStaffMember, RecordStaffDeparture, RegisterStaff } from '../../../application/staff/register-staff';
import { DeclareBridgeDay, DeclareWorkingDay, RestoreDay } from '../../../application/staff/declare-day';
import { LiftRestriction, RestrictProcessing } from '../../../application/privacy/restriction';
import { ForgetConclusions, ForgetTicket } from '../../../application/privacy/forget';
import { staffStream } from '../../../domain/staff/facts';
import { requestStream } from '../../../domain/request/facts';

/** Registry: what the document system says of a request (Art. 2). */
@Api('requests/:number/:filedOn', 'Registry')
export class RegistryController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @Access('request.register')
  @Operation('The request as it was registered last', { 200: RequestAnswer }, ['not-found'])
  getRequest(@Res({ passthrough: true }) reply: FastifyReply, @Param() path: RequestPath): Promise<Plain<RequestAnswer>> {
    return this.reads.show(reply, GetRequest, registeredIdentity(path));
  }

  @Put()
  @Access('request.register')
  @CommandOperation('A registered request, for the first time or again', { 200: RequestRegisteredAnswer })
  registerRequest(@Param() path: RequestPath, @Body() { ...body }: RequestBody): Order {
    const identity = registeredIdentity(path);
    const replaces = { stream: requestStream(identity), shown: () => this.reads.find(GetRequest, identity) };
    return order(RegisterRequest, { ...body, ...identity }, { replaces });
  }

  @Post('applicant-dispute')
  @Access('request.settle-dispute')
  @CommandOperation('A29: decide which of two applicants the request is of', { 200: RequestNamed }, ['request-not-found', 'wrong-state'])
  settleDispute(@Param() path: RequestPath, @Body() { ...body }: DisputeBody): Order {
    return order(SettleDispute, { ...body, request: registeredIdentity(path) });
  }

  @Post('answers')
  @Access('request.register')
  @CommandOperation('Art. 2 b: an answer was communicated; 200 when that document is known', { 200: AnswerNamed, 201: AnswerNamed }, [
    'request-not-found',
    'wrong-state',
  ])
  communicateAnswer(@Param() path: RequestPath, @Body() answer: AnswerBody): Order {
    return order(
      CommunicateAnswer,
      { request: registeredIdentity(path), answer },
      { answer: ({ known, ...communicated }) => ({ status: known ? HttpStatus.OK : HttpStatus.CREATED, body: communicated }) },
    );
  }

  @Post('answers/corrected')
  @Access('request.register')
  @CommandOperation('Art. 2 b: an answer had been recorded with a mistake; the 30 days follow', { 200: AnswerNamed }, ['request-not-found'])
  correctAnswer(@Param() path: RequestPath, @Body() { ofDocument, reason, ...answer }: AnswerCorrectedBody): Order {
    return order(CorrectAnswer, { request: registeredIdentity(path), ofDocument, reason, answer });
  }

  @Post('answers/withdrawn')
  @Access('request.register')
  @CommandOperation('Art. 2 b: an answer had been recorded that never reached the applicant', { 200: AnswerNamed }, ['request-not-found'])
  withdrawAnswer(@Param() path: RequestPath, @Body() { ...body }: AnswerWithdrawnBody): Order {
    return order(WithdrawAnswer, { request: registeredIdentity(path), ...body });
  }
}

/** Administration: people, days declared free or working, erasure. */
@Api('', 'Administration')
export class AdministrationController {
  constructor(private readonly reads: QueryService) {}

  @Get('staff/:id')
  @Access('staff.administer')
  @Operation('The civil servant as registered last', { 200: StaffMemberAnswer }, ['not-found'])
  getStaffMember(@Res({ passthrough: true }) reply: FastifyReply, @Param() { id }: StaffPath): Promise<Plain<StaffMemberAnswer>> {
    return this.reads.show(reply, GetStaffMember, { staffId: id });
  }

  @Put('staff/:id')
  @Access('staff.administer')
  @CommandOperation('A civil servant who may be met, for the first time or again', { 200: StaffNamed })
  registerStaff(@Param() { id }: StaffPath, @Body() { ...body }: StaffBody): Order {
    const replaces = { stream: staffStream(id), shown: () => this.reads.find(GetStaffMember, { staffId: id }) };
    return order(RegisterStaff, { ...body, staffId: id }, { replaces });
  }

  @Post('staff/:id/left')
  @Access('staff.administer')
  @CommandOperation('No longer there from that day on; meetings become tasks', { 200: StaffNamed }, ['not-found'])
  staffLeft(@Param() { id }: StaffPath, @Body() { ...body }: LeftBody): Order {
    return order(RecordStaffDeparture, { ...body, staffId: id });
  }

  @Post('bridge-days')
  @Access('day.declare')
  @CommandOperation('A working day declared free by a dated decision', { 201: DayNamed })
  declareBridgeDay(@Body() { ...body }: DayBody): Order {
    return order(DeclareBridgeDay, body, created);
  }

  @Post('working-days')
  @Access('day.declare')
  @CommandOperation('A free day declared a working day', { 201: DayNamed })
  declareWorkingDay(@Body() { ...body }: DayBody): Order {
    return order(DeclareWorkingDay, body, created);
  }

  @Delete('bridge-days/:date')
  @Access('day.declare')
  @CommandOperation('The day is again what the law says', { 200: DayNamed })
  restoreBridgeDay(@Param() { date }: DayPath): Order {
    return order(RestoreDay, { date });
  }

  @Delete('working-days/:date')
  @Access('day.declare')
  @CommandOperation('The day is again what the law says', { 200: DayNamed })
  restoreWorkingDay(@Param() { date }: DayPath): Order {
    return order(RestoreDay, { date });
  }

  @Post('tickets/:id/forget')
  @Access('ticket.forget', 'ticket')
  @CommandOperation('Erase who the citizen is; refused while the ticket is active', { 200: ErasureAnswer }, ['wrong-state'])
  forgetTicket(@Param() { id }: TicketPath, @Body() { reason }: ReasonBody): Order {
    return order(ForgetTicket, { ticketId: id, reason });
  }

  @Post('tickets/:id/conclusions/forget')
  @Access('ticket.forget', 'ticket')
  @CommandOperation('Erase what the resolution says, under a minute of the selection commission (Legea 16/1996)', { 200: ErasureAnswer }, [
    'not-found',
    'wrong-state',
  ])
  forgetConclusions(@Param() { id }: TicketPath, @Body() { reason, minuteNumber, minuteDate }: ConclusionsErasureBody): Order {
    return order(ForgetConclusions, { ticketId: id, reason, minute: { number: minuteNumber, date: minuteDate } });
  }

  @Post('tickets/:id/restriction')
  @Access('ticket.forget', 'ticket')
  @CommandOperation('Keep the person’s data and use them for nothing else (GDPR 18)', { 200: TicketNamed }, ['not-found'])
  restrictProcessing(@Param() { id }: TicketPath, @Body() { ground, reason }: RestrictionBody): Order {
    return order(RestrictProcessing, { ticketId: id, ground, reason }, ticketNamed(this.reads, id));
  }

  @Post('tickets/:id/restriction/lift')
  @Access('ticket.forget', 'ticket')
  @CommandOperation('End the restriction, once the person was told (GDPR 18 (3))', { 200: TicketNamed }, ['not-found'])
  liftRestriction(@Param() { id }: TicketPath, @Body() { personToldOn, reason }: RestrictionLiftedBody): Order {
    return order(LiftRestriction, { ticketId: id, personToldOn, reason }, ticketNamed(this.reads, id));
  }
}
