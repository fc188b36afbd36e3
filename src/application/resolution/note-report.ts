import { isRefusal } from '../../domain/kernel/refusal';
import { isRequested } from '../../domain/ticket/state';
import { letterBounced } from './letter-bounced';
import { normalisedEmail } from '../booking/code-letters';
import { type CommandContext, unlessContended } from '../kernel/execute';
import { currentTicket } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import type { DeliveryReport } from '../kernel/ports/delivery-report';

/**
 * `noted`: the letter came back, and the ticket says so. `ignored`: it is still on its way, or the person was forgotten meanwhile.
 * `unknown`: no letter of ours, or not to that address.
 */
export type ReportOutcome = 'noted' | 'ignored' | 'unknown';

const source = 'bounces';

/**
 * C18. A report counts for a letter that was made here, and only for the address to which it went: whoever invents one must know both,
 * and what he gains is that a person phones him. The command is the same however often a report comes.
 */
export const noteReport =
  (ports: Ports) =>
  async ({ letterId, recipients }: DeliveryReport): Promise<ReportOutcome> => {
    const letter = await ports.operations.outbox.get(letterId);
    if (letter === undefined) return 'unknown';
    const ticket = await currentTicket(ports, letter.ticketId);
    if (!isRequested(ticket)) return 'unknown';
    const sealed = ticket.contact.email;
    const email = ticket.erased || sealed === undefined ? undefined : await ports.personalData.open(sealed);
    if (email === undefined) return 'ignored';
    const address = normalisedEmail(email);
    const ours = recipients.filter(({ addresses }) => addresses.some((one) => normalisedEmail(one) === address));
    if (ours.length === 0) return 'unknown';
    if (!ours.some(({ action }) => action === 'failed')) return 'ignored';
    const commandId = ports.identifiers.derive(source, letterId);
    const context: CommandContext = {
      commandId,
      correlationId: commandId,
      causationId: commandId,
      actor: { kind: 'system', id: source },
      at: ports.clock.now(),
    };
    return isRefusal(unlessContended(await letterBounced(ports)(context, { letterId }))) ? 'unknown' : 'noted';
  };
