import type { CivilDate } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import type { Refusal } from '../../domain/kernel/refusal';
import type { RestrictionGround } from '../../domain/ticket/facts';
import { liftRestriction as lift, restrictProcessing as restrict } from '../../domain/ticket/restriction';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';

export type RestrictProcessingInput = { readonly ticketId: string; readonly ground: RestrictionGround; readonly reason: string };

export class RestrictProcessing extends Command<RestrictProcessingInput, TicketDone> {}

/** GDPR 18 (1), at the person's request. */
export const restrictProcessing =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, ground, reason }: RestrictProcessingInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'restrict',
      decide: (state) => restrict({ ground, reason: personal('office', reason), at: context.at }, state),
    });

export type LiftRestrictionInput = { readonly ticketId: string; readonly personToldOn: CivilDate; readonly reason: string };

export class LiftRestriction extends Command<LiftRestrictionInput, TicketDone> {}

/** GDPR 18 (3), once the person was told. */
export const liftRestriction =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, personToldOn, reason }: LiftRestrictionInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'lift-restriction',
      decide: (state) => lift({ personToldOn, reason: personal('office', reason), at: context.at }, state),
    });
