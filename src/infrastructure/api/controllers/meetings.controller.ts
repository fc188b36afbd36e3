import { Body, Get, Param, Post } from '@nestjs/common';
import { defined } from '@tichet-albastru/kernel/defined';
import { Access } from '../access/access-decorator';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { MoveOfferAnswer, TicketNamed } from '../dto/answers';
import { type Kept, order, type Order } from '../commands/command-interceptor';
import { QueryService } from '../commands/query-service';
import { TicketPath } from '../dto/paths';
import {
  AbsentBody,
  AmendedBody,
  ContinuedBody,
  FiledBody,
  HandedOverBody,
  HandOverTakenBackBody,
  HeldBody,
  MeetingLinkBody,
  NoticeBody,
  ObjectionAnsweredBody,
  OfferAcceptedBody,
  OfferBody,
  OfferDeclinedBody,
  ReassignBody,
  RecordingBody,
  RecordingDeletedBody,
  RecordingTakenBackBody,
  recordingOf,
  ResolutionBody,
  StartBody,
} from '../dto/staff';
import type { Done } from '../../../application/kernel/done';
import { ticketNamed } from '../commands/ticket-named';
import type { CommandClass } from '../../../application/kernel/message';
import {
  AttachMeetingLink,
  ContinueOtherwise,
  RecordAbsentParty,
  RecordHeld,
  StartMeeting,
} from '../../../application/meeting/hold-meeting';
import { DeleteRecording, RecordRecording, TakeBackRecording } from '../../../application/meeting/recordings';
import {
  AmendResolution,
  HandOverResolution,
  IssueResolution,
  SendResolutionAgain,
  TakeBackHandOver,
} from '../../../application/resolution/issue-resolution';
import { AnswerObjection } from '../../../application/resolution/objections';
import { RecordFiled } from '../../../application/resolution/filing';
import { RecordNotice } from '../../../application/booking/record-notice';
import { ReassignTicket } from '../../../application/booking/move-meeting';
import { AcceptOffer, DeclineOffer, GetMoveOffer, OfferMove, WithdrawOffer } from '../../../application/booking/move-offers';

/** What the civil servant does around a meeting (Art. 5–8). Every answer says where the ticket stands now. */
@Api('tickets/:id', 'Staff')
export class MeetingsController {
  constructor(private readonly reads: QueryService) {}

  @Post('meeting-link')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 5: the link of the Webex meeting', { 200: TicketNamed }, ['wrong-state'])
  attachMeetingLink(@Param() { id }: TicketPath, @Body() { ...body }: MeetingLinkBody): Order {
    return this.#of(id, AttachMeetingLink, { ...body, ticketId: id });
  }

  @Post('start')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('A18: the meeting begins, from the slot’s start on', { 200: TicketNamed }, ['wrong-state', 'too-early'])
  startMeeting(@Param() { id }: TicketPath, @Body() { at }: StartBody): Order {
    return this.#of(id, StartMeeting, { ticketId: id, ...defined({ startedAt: at }) });
  }

  @Post('recording')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 5 (A13): the recording, or why there is none', { 200: TicketNamed }, ['wrong-state'])
  recordRecording(@Param() { id }: TicketPath, @Body() { ...body }: RecordingBody): Order {
    return this.#of(id, RecordRecording, { ticketId: id, recording: recordingOf(body) });
  }

  @Post('recording/deleted')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('A13: a recording was deleted once the time was over for which it is kept', { 200: TicketNamed }, [
    'wrong-state',
    'too-early',
  ])
  deleteRecording(@Param() { id }: TicketPath, @Body() { recordingId, at }: RecordingDeletedBody): Order {
    return this.#of(id, DeleteRecording, { ticketId: id, recordingId, ...defined({ deletedAt: at }) });
  }

  @Post('recording/taken-back')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('A13: what was said of the recording was a mistake, and the duty opens again', { 200: TicketNamed }, ['wrong-state'])
  takeBackRecording(@Param() { id }: TicketPath, @Body() { ...body }: RecordingTakenBackBody): Order {
    return this.#of(id, TakeBackRecording, { ...body, ticketId: id });
  }

  @Post('resolution/handed-over/taken-back')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('A11: a hand-over was recorded by mistake, and the duty opens again', { 200: TicketNamed }, ['wrong-state'])
  takeBackHandOver(@Param() { id }: TicketPath, @Body() { at, ...body }: HandOverTakenBackBody): Order {
    return this.#of(id, TakeBackHandOver, { ...body, ticketId: id, handedOverAt: at });
  }

  @Post('continued')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 5: Webex could not be used to the end, and the meeting went on by phone or face to face', { 200: TicketNamed }, [
    'wrong-state',
  ])
  continueOtherwise(@Param() { id }: TicketPath, @Body() { at, ...body }: ContinuedBody): Order {
    return this.#of(id, ContinueOtherwise, { ...body, ticketId: id, ...defined({ continuedAt: at }) });
  }

  @Post('held')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 6: the meeting took place', { 200: TicketNamed }, ['wrong-state', 'too-early'])
  recordHeld(@Param() { id }: TicketPath, @Body() { ...body }: HeldBody): Order {
    return this.#of(id, RecordHeld, { ...body, ticketId: id });
  }

  @Post('absent')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('A22, A23: the citizen or the civil servant did not come', { 200: TicketNamed }, ['wrong-state', 'too-early'])
  recordAbsent(@Param() { id }: TicketPath, @Body() { ...body }: AbsentBody): Order {
    return this.#of(id, RecordAbsentParty, { ...body, ticketId: id });
  }

  @Post('resolution')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 7: issue the resolution; it is filed and sent by itself', { 200: TicketNamed }, ['wrong-state'])
  issueResolution(@Param() { id }: TicketPath, @Body() { ...body }: ResolutionBody): Order {
    return this.#of(id, IssueResolution, { ...body, ticketId: id });
  }

  @Post('resolution/amended')
  @Access('ticket.handle', 'ticket')
  @CommandOperation(
    'Art. 7: an erratum of the resolution, or another text in its place; it is filed and sent by itself',
    { 200: TicketNamed },
    ['wrong-state'],
  )
  amendResolution(@Param() { id }: TicketPath, @Body() { ...body }: AmendedBody): Order {
    return this.#of(id, AmendResolution, { ...body, ticketId: id });
  }

  @Post('resolution/filed')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 7: the connected document was made by hand; nothing is filed by itself any more', { 200: TicketNamed }, [
    'wrong-state',
  ])
  recordFiled(@Param() { id }: TicketPath, @Body() { ...body }: FiledBody): Order {
    return this.#of(id, RecordFiled, { ...body, ticketId: id });
  }

  @Post('resolution/send-again')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 7: the letter came back, and goes once more to the verified address', { 200: TicketNamed }, ['wrong-state'])
  sendResolutionAgain(@Param() { id }: TicketPath): Order {
    return this.#of(id, SendResolutionAgain, { ticketId: id });
  }

  @Post('resolution/handed-over')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('A11: the resolution went by post or was picked up', { 200: TicketNamed }, ['wrong-state'])
  handOverResolution(@Param() { id }: TicketPath, @Body() { at, ...body }: HandedOverBody): Order {
    return this.#of(id, HandOverResolution, { ...body, ticketId: id, handedOverAt: at });
  }

  @Post('objection/answered')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 7: what is answered to the citizen’s objection', { 200: TicketNamed }, ['wrong-state'])
  answerObjection(@Param() { id }: TicketPath, @Body() { ...body }: ObjectionAnsweredBody): Order {
    return this.#of(id, AnswerObjection, { ...body, ticketId: id });
  }

  @Post('notice')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 8 (A21): the citizen was told, or was not reached', { 200: TicketNamed }, ['wrong-state'])
  recordNotice(@Param() { id }: TicketPath, @Body() { ...body }: NoticeBody): Order {
    return this.#of(id, RecordNotice, { ...body, ticketId: id });
  }

  @Post('reassign')
  @Access('ticket.reassign', 'ticket')
  @CommandOperation('A3: the same hour with another person', { 200: TicketNamed }, [
    'slot-taken',
    'paused',
    'wrong-state',
    'not-working-time',
  ])
  reassignTicket(@Param() { id }: TicketPath, @Body() { ...body }: ReassignBody): Order {
    return this.#of(id, ReassignTicket, ({ commandId, ids: [holdId = commandId] }) => ({ ...body, ticketId: id, holdId }));
  }

  @Get('offer')
  @Access('ticket.take-over', 'offer')
  @Operation('Art. 8: what was offered to one’s department, and can be accepted', { 200: MoveOfferAnswer }, ['wrong-state'])
  getOffer(@Param() { id }: TicketPath): Promise<Plain<MoveOfferAnswer>> {
    return this.reads.ask(GetMoveOffer, { ticketId: id });
  }

  @Post('offer')
  @Access('ticket.handle', 'ticket')
  @CommandOperation(
    'Art. 8, A3: the meeting is offered to a person of the department or to another one; it stands until its head accepts',
    { 200: TicketNamed },
    ['wrong-state', 'too-soon', 'beyond-horizon', 'no-time-for-link'],
  )
  offerMove(@Param() { id }: TicketPath, @Body() { ...body }: OfferBody): Order {
    return this.#of(id, OfferMove, ({ commandId, ids: [offerId = commandId] }) => ({ ...body, ticketId: id, offerId }));
  }

  @Post('offer/accepted')
  @Access('ticket.take-over', 'offer')
  @CommandOperation('Art. 8, A3: the head who was asked accepts; all rules of the move are asked again', { 200: TicketNamed }, [
    'slot-taken',
    'same-hour',
    'wrong-state',
    'too-soon',
    'beyond-horizon',
    'not-working-time',
    'paused',
    'no-time-for-link',
  ])
  acceptOffer(@Param() { id }: TicketPath, @Body() { ...body }: OfferAcceptedBody): Order {
    return this.#of(id, AcceptOffer, ({ commandId, ids: [holdId = commandId] }) => ({ ...body, ticketId: id, holdId }));
  }

  @Post('offer/declined')
  @Access('ticket.take-over', 'offer')
  @CommandOperation('Art. 8: the head who was asked does not take the meeting, which stays where it stands', { 200: TicketNamed }, [
    'wrong-state',
  ])
  declineOffer(@Param() { id }: TicketPath, @Body() { ...body }: OfferDeclinedBody): Order {
    return this.#of(id, DeclineOffer, { ...body, ticketId: id });
  }

  @Post('offer/withdrawn')
  @Access('ticket.handle', 'ticket')
  @CommandOperation('Art. 8: the meeting is offered to nobody any more', { 200: TicketNamed }, ['wrong-state'])
  withdrawOffer(@Param() { id }: TicketPath): Order {
    return this.#of(id, WithdrawOffer, { ticketId: id });
  }

  #of<C extends object, T extends object>(ticketId: string, useCase: CommandClass<C, Done<T>>, input: Kept<C>): Order {
    return order(useCase, input, ticketNamed(this.reads, ticketId));
  }
}
