import { mobileNumber } from '../../domain/kernel/mobile-number';
import type { Instant } from '../../domain/kernel/fact';
import type { RequestedTicket } from '../../domain/ticket/ticket';
import type { TextMessageRequest } from '../kernel/ports/correspondence';
import type { LetterRecord } from '../kernel/ports/operations';
import type { Ports } from '../kernel/ports/ports';
import type { TextDelivery } from '../kernel/ports/text-messages';

type TextOf = {
  readonly ticketId: string;
  readonly ticket: RequestedTicket;
  readonly messageId: string;
  readonly about: TextMessageRequest['about'];
  readonly at: Instant;
  /** of what was to be told before there was one */
  readonly alsoWithEmail?: true;
};

/**
 * A text message to a citizen who gave a mobile number and no e-mail, ready to be handed to the gateway; `earlier`: what the outbox knows
 * of it. `undefined` where none can be sent.
 */
export const textFor = async (ports: Ports, { ticketId, ticket, messageId, about, at, alsoWithEmail }: TextOf) => {
  const { textMessages: gateway, personalData, operations, correspondence, logger } = ports;
  const { phone, email } = ticket.contact;
  if (gateway === undefined || correspondence.textMessage === undefined) return undefined;
  if (ticket.erased || phone === undefined || (email !== undefined && !alsoWithEmail)) return undefined;
  const opened = await personalData.open(phone);
  const to = opened === undefined ? undefined : mobileNumber(opened);
  if (to === undefined) return undefined;
  const { reference, locale, booking } = ticket;
  const text = correspondence.textMessage({ about, reference, locale, slot: booking.slot, mode: booking.mode });
  const earlier = await operations.outbox.get(messageId);
  const attempts = (earlier?.attempts ?? 0) + 1;
  const note = (state: LetterRecord['state']): Promise<void> =>
    operations.outbox.note({ letterId: messageId, ticketId, kind: 'text-message', state, at, attempts });
  /** @throws when the gateway cannot be reached or says "later", which is noted */
  const send = async (): Promise<TextDelivery> => {
    const delivery = await gateway.send({ messageId, to, text }).catch(async (error: unknown) => {
      await note('failed');
      throw error;
    });
    await note(delivery.kind === 'accepted' ? 'accepted' : 'bounced');
    if (delivery.kind === 'accepted') logger.info('text-message.accepted', { letterId: messageId });
    else logger.warn('text-message.refused', { letterId: messageId, reason: delivery.reason });
    return delivery;
  };
  return { earlier, send };
};
