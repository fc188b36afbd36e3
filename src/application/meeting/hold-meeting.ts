import { defined } from '@tichet-albastru/kernel/defined';
import { gradeBy } from '../../domain/kernel/grade';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { continueOtherwise as continueOtherwiseDecision } from '../../domain/ticket/continued';
import type { ContinuedCause, ContinuedOtherwise } from '../../domain/ticket/facts';
import {
  attachMeetingLink as attachMeetingLinkDecision,
  recordCitizenAbsent,
  recordHeld as recordHeldDecision,
  recordStaffAbsent,
  startMeeting as startMeetingDecision,
} from '../../domain/ticket/meeting';
import { usualMeetingHosts } from '../../domain/ticket/meeting-link';
import { isRequested } from '../../domain/ticket/ticket';
import { decideAndAdvance, decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentCalendar } from '../kernel/streams';
import { instantOf, isSameText } from '../kernel/typed-values';

export type AttachMeetingLinkInput = { readonly ticketId: string; readonly joinUrl: string; readonly meetingId?: string };

export class AttachMeetingLink extends Command<AttachMeetingLinkInput, TicketDone> {}

/** Art. 5. The link that the staff member pastes; the invitation with it goes out by itself. */
export const attachMeetingLink =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, joinUrl, meetingId }: AttachMeetingLinkInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'link',
      decide: async (state) =>
        attachMeetingLinkDecision(
          {
            joinUrl: personal('contact', joinUrl),
            ...defined({ meetingId }),
            hosts: ports.cityHall.meetingHosts ?? usualMeetingHosts,
            sameLink: isRequested(state) && (await isSameText(ports, state.meetingLink?.joinUrl, joinUrl)),
            grade: gradeBy(context.actor),
            at: context.at,
          },
          state,
        ),
    });

/** `startedAt` left out: now. */
export type StartMeetingInput = { readonly ticketId: string; readonly startedAt?: string };

export class StartMeeting extends Command<StartMeetingInput, TicketDone> {}

/** The meeting begins (A18). */
export const startMeeting =
  (ports: Ports) =>
  async (context: CommandContext, command: StartMeetingInput): Promise<TicketDone | Refusal> => {
    const { ticketId } = command;
    const startedAt = instantOf('at', command.startedAt ?? context.at);
    if (isRefusal(startedAt)) return startedAt;
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'start',
      decide: (state) => startMeetingDecision({ startedAt: startedAt.instant, grade: gradeBy(context.actor), at: context.at }, state),
    });
  };

/** `continuedAt` left out: now. */
export type ContinueOtherwiseInput = {
  readonly ticketId: string;
  readonly mode: ContinuedOtherwise['data']['mode'];
  readonly cause: ContinuedCause;
  readonly reasonText?: string;
  readonly continuedAt?: string;
};

export class ContinueOtherwise extends Command<ContinueOtherwiseInput, TicketDone> {}

/** Art. 3 d, 5. Webex could not be used, or not to the end: the meeting goes on by phone or face to face. */
export const continueOtherwise =
  (ports: Ports) =>
  async (
    context: CommandContext,
    { ticketId, mode, cause, reasonText, continuedAt }: ContinueOtherwiseInput,
  ): Promise<TicketDone | Refusal> => {
    const { at } = context;
    const continued = instantOf('at', continuedAt ?? at);
    if (isRefusal(continued)) return continued;
    const said = reasonText === undefined ? {} : { reasonText: personal('contact', reasonText) };
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'continued otherwise',
      decide: (state) => continueOtherwiseDecision({ mode, cause, ...said, continuedAt: continued.instant, at }, state),
    });
  };

export type RecordHeldInput = { readonly ticketId: string; readonly startedAt: string; readonly endedAt: string };

export class RecordHeld extends Command<RecordHeldInput, TicketDone> {}

/** The meeting took place. Its request is free for another ticket while it is eligible (A24). */
export const recordHeld =
  (ports: Ports) =>
  async (context: CommandContext, command: RecordHeldInput): Promise<TicketDone | Refusal> => {
    const { ticketId } = command;
    const started = instantOf('startedAt', command.startedAt);
    if (isRefusal(started)) return started;
    const ended = instantOf('endedAt', command.endedAt);
    if (isRefusal(ended)) return ended;
    const calendar = await currentCalendar(ports);
    const times = { startedAt: started.instant, endedAt: ended.instant, grade: gradeBy(context.actor), at: context.at };
    return decideAndAdvance(ports, context, {
      ticketId,
      step: 'held',
      decide: (state) => recordHeldDecision({ ...times, policies: ports.policies, calendar }, state),
    });
  };

export type RecordAbsent = { readonly ticketId: string; readonly who: 'citizen' | 'staff'; readonly waitedMinutes?: number };

export class RecordAbsentParty extends Command<RecordAbsent, TicketDone> {}

/** A22: the citizen did not come, which ends the ticket. A23: the staff member did not, which ends nothing. */
export const recordAbsent =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, who, waitedMinutes }: RecordAbsent): Promise<TicketDone | Refusal> => {
    const { at } = context;
    const { policies } = ports;
    if (who === 'citizen') {
      const waited = defined({ waitedMinutes });
      return decideAndAdvance(ports, context, {
        ticketId,
        step: 'citizen absent',
        decide: (state) => recordCitizenAbsent({ ...waited, at, policies }, state),
      });
    }
    const calendar = await currentCalendar(ports);
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'staff absent',
      decide: (state) => recordStaffAbsent({ at, policies, calendar }, state),
    });
  };
