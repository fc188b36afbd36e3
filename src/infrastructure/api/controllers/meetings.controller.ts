import { Body, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { defined } from '../../../domain/kernel/defined';
import { Access } from '../access/access-decorator';
import { Api, Operation, TakesKey } from '../api-decorator';
import { TicketNamed } from '../dto/answers';
import { CommandService } from '../commands/command-service';
import type { Answer } from '../commands/exchange';
import { QueryService } from '../commands/query-service';
import { TicketPath } from '../dto/paths';
import {
  AbsentBody,
  FiledBody,
  HandedOverBody,
  HeldBody,
  MeetingLinkBody,
  NoticeBody,
  ReassignBody,
  RecordingBody,
  recordingOf,
  ResolutionBody,
  StartBody,
} from '../dto/staff';
import { AttachMeetingLink, RecordAbsentParty, RecordHeld, StartMeeting } from '../../../application/meeting/hold-meeting';
import { RecordRecording } from '../../../application/meeting/recordings';
import { HandOverResolution, IssueResolution } from '../../../application/resolution/issue-resolution';
import { RecordFiled } from '../../../application/resolution/filing';
import { RecordNotice } from '../../../application/booking/record-notice';
import { ReassignTicket } from '../../../application/booking/move-meeting';
import { GetTicket } from '../../../application/booking/ticket-view';

/** What the civil servant does around a meeting (Art. 5–8). Every answer says where the ticket stands now. */
@Api('tickets/:id', 'Staff')
export class MeetingsController {
  constructor(
    private readonly desk: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Post('meeting-link')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('Art. 5: the link of the Webex meeting', { 200: TicketNamed }, ['wrong-state'])
  attachMeetingLink(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: MeetingLinkBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id });
    return this.desk.take(request, reply, { useCase: AttachMeetingLink, command, answer: () => this.#standing(id) });
  }

  @Post('start')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('A18: the meeting begins, from the slot’s start on', { 200: TicketNamed }, ['wrong-state', 'too-early'])
  startMeeting(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { at }: StartBody,
  ): Promise<void> {
    const command = () => ({ ticketId: id, ...defined({ startedAt: at }) });
    return this.desk.take(request, reply, { useCase: StartMeeting, command, answer: () => this.#standing(id) });
  }

  @Post('recording')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('Art. 5 (A13): the recording, or why there is none', { 200: TicketNamed }, ['wrong-state'])
  recordRecording(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: RecordingBody,
  ): Promise<void> {
    const recording = recordingOf(body);
    const command = () => ({ ticketId: id, recording });
    return this.desk.take(request, reply, { useCase: RecordRecording, command, answer: () => this.#standing(id) });
  }

  @Post('held')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('Art. 6: the meeting took place', { 200: TicketNamed }, ['wrong-state', 'too-early'])
  recordHeld(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: HeldBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id });
    return this.desk.take(request, reply, { useCase: RecordHeld, command, answer: () => this.#standing(id) });
  }

  @Post('absent')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('A22, A23: the citizen or the civil servant did not come', { 200: TicketNamed }, ['wrong-state', 'too-early'])
  recordAbsent(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: AbsentBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id });
    return this.desk.take(request, reply, { useCase: RecordAbsentParty, command, answer: () => this.#standing(id) });
  }

  @Post('resolution')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('Art. 7: issue the resolution; it is filed and sent by itself', { 200: TicketNamed }, ['wrong-state'])
  issueResolution(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: ResolutionBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id });
    return this.desk.take(request, reply, { useCase: IssueResolution, command, answer: () => this.#standing(id) });
  }

  @Post('resolution/filed')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('Art. 7: the connected document was made by hand; nothing is filed by itself any more', { 200: TicketNamed }, ['wrong-state'])
  recordFiled(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: FiledBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id });
    return this.desk.take(request, reply, { useCase: RecordFiled, command, answer: () => this.#standing(id) });
  }

  @Post('resolution/handed-over')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('A11: the resolution went by post or was picked up', { 200: TicketNamed }, ['wrong-state'])
  handOverResolution(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { at, ...body }: HandedOverBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id, handedOverAt: at });
    return this.desk.take(request, reply, { useCase: HandOverResolution, command, answer: () => this.#standing(id) });
  }

  @Post('notice')
  @Access('ticket.handle', 'ticket')
  @TakesKey()
  @Operation('Art. 8 (A21): the citizen was told, or was not reached', { 200: TicketNamed }, ['wrong-state'])
  recordNotice(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: NoticeBody,
  ): Promise<void> {
    const command = () => ({ ...body, ticketId: id });
    return this.desk.take(request, reply, { useCase: RecordNotice, command, answer: () => this.#standing(id) });
  }

  @Post('reassign')
  @Access('ticket.reassign', 'ticket')
  @TakesKey()
  @Operation('A3: the same hour with another person', { 200: TicketNamed }, ['slot-taken', 'wrong-state', 'not-working-time'])
  reassignTicket(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param() { id }: TicketPath,
    @Body() { ...body }: ReassignBody,
  ): Promise<void> {
    return this.desk.take(request, reply, {
      useCase: ReassignTicket,
      command: ({ commandId, ids: [holdId = commandId] }) => ({ ...body, ticketId: id, holdId }),
      answer: () => this.#standing(id),
    });
  }

  async #standing(ticketId: string): Promise<Answer> {
    const { reference, status } = await this.reads.ask(GetTicket, { ticketId, viewer: 'citizen' });
    return { body: { ticketId, reference, status } };
  }
}
