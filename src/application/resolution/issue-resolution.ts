import { personal, type WithTexts } from '../../domain/kernel/personal-text';
import { personalText } from '../../domain/kernel/shape';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import {
  askToSendAgain,
  handOverResolution as handOverResolutionDecision,
  issueResolution as issueResolutionDecision,
} from '../../domain/ticket/resolution';
import { amendResolution as decideAmendment } from '../../domain/ticket/amendment';
import { type AmendmentForm, type WrittenResolution, writtenResolution } from '../../domain/ticket/facts';
import { isRequested } from '../../domain/ticket/ticket';
import { takeBackHandOver as takeBackHandOverDecision } from '../../domain/ticket/taken-back';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentCalendar } from '../kernel/streams';
import { areSameTexts, instantOf, typedAs } from '../kernel/typed-values';

export type IssueResolutionInput = WithTexts<WrittenResolution, string> & { readonly ticketId: string };

export class IssueResolution extends Command<IssueResolutionInput, TicketDone> {}

/** Art. 7. Issued here, by the official who acts; filed and sent by the processes. */
export const issueResolution =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, ...typed }: IssueResolutionInput): Promise<TicketDone | Refusal> => {
    const written = typedAs(writtenResolution, typed);
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'resolution',
      decide: async (state) => {
        const sameTexts = isRequested(state) && (await areSameTexts<WrittenResolution>(ports, state.resolution.issued, written));
        return issueResolutionDecision({ ...written, sameTexts, issuedBy: context.actor.id, at: context.at }, state);
      },
    });
  };

export type AmendResolutionInput = IssueResolutionInput & { readonly form: AmendmentForm; readonly reason: string };

export class AmendResolution extends Command<AmendResolutionInput, TicketDone> {}

const amendmentTexts = { ...writtenResolution, reason: personalText('record') };

/** Art. 7. An erratum of the resolution, or another text in its place; filed and sent by the same processes. */
export const amendResolution =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, form, ...typed }: AmendResolutionInput): Promise<TicketDone | Refusal> => {
    const written = typedAs(amendmentTexts, typed);
    const calendar = await currentCalendar(ports);
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'amended resolution',
      decide: async (state) => {
        const newest = isRequested(state) ? state.resolution.amendments.at(-1)?.amended : undefined;
        const recorded = newest && { conclusions: newest.conclusions, reason: newest.reason };
        const sameTexts = await areSameTexts(ports, recorded, { conclusions: written.conclusions, reason: written.reason });
        const { policies } = ports;
        return decideAmendment({ ...written, form, sameTexts, amendedBy: context.actor.id, at: context.at, policies, calendar }, state);
      },
    });
  };

export class SendResolutionAgain extends Command<{ readonly ticketId: string }, TicketDone> {}

/** Art. 7 (A21). The letter came back; it goes once more to the same address, by the process of letters. */
export const sendResolutionAgain =
  (ports: Ports) =>
  (context: CommandContext, { ticketId }: { readonly ticketId: string }): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'send again',
      decide: (state) => askToSendAgain({ at: context.at }, state),
    });

export type HandOverResolutionInput = {
  readonly ticketId: string;
  readonly channel: 'post' | 'pickup';
  readonly handedOverAt: string;
  readonly proof: string;
};

export class HandOverResolution extends Command<HandOverResolutionInput, TicketDone> {}

/** Art. 7 (A11). The resolution went by post, or the citizen or another person came for it. */
export const handOverResolution =
  (ports: Ports) =>
  async (context: CommandContext, command: HandOverResolutionInput): Promise<TicketDone | Refusal> => {
    const { ticketId, channel } = command;
    const handedOver = instantOf('at', command.handedOverAt);
    if (isRefusal(handedOver)) return handedOver;
    const proof = personal('record', command.proof);
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'handed over',
      decide: (state) => handOverResolutionDecision({ channel, handedOverAt: handedOver.instant, proof, at: context.at }, state),
    });
  };

export type TakeBackHandOverInput = Omit<HandOverResolutionInput, 'proof'> & { readonly reason: string };

export class TakeBackHandOver extends Command<TakeBackHandOverInput, TicketDone> {}

/** Art. 7 (A11). A hand-over was recorded by mistake: the duty opens again. */
export const takeBackHandOver =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, channel, reason, ...command }: TakeBackHandOverInput): Promise<TicketDone | Refusal> => {
    const handedOver = instantOf('at', command.handedOverAt);
    if (isRefusal(handedOver)) return handedOver;
    const paper = { channel, handedOverAt: handedOver.instant };
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'hand-over taken back',
      decide: (state) =>
        takeBackHandOverDecision({ ...paper, reason: personal('record', reason), by: context.actor.id, at: context.at }, state),
    });
  };
