import { cancelTicket } from '../../../../../../src/application/booking/cancel-ticket';
import type { Misbehaviour } from '../../../../../support/webex/fake-webex';
import { createWebexWorld, type WebexWorld } from '../../../../../support/webex/webex-world';

export type Booked = { readonly world: WebexWorld; readonly ticketId: string };

/** An online meeting that was asked for, after Webex was asked to make it. @param making what Webex does then, where it does not just make it */
export const booked = async (
  settings: Parameters<typeof createWebexWorld>[0] = {},
  ...making: readonly Misbehaviour[]
): Promise<Booked> => {
  const world = await createWebexWorld(settings);
  world.webex.next('create-meeting', ...making);
  const ticketId = await world.book();
  await world.drain();
  return { world, ticketId };
};
/** It is made, and the answer is lost. */
export const bookedWithoutAnswer = (): Promise<Booked> => booked({}, { kind: 'cut-after' });

export const cancel = ({ ports, context }: WebexWorld, ticketId: string) =>
  cancelTicket(ports)(context('citizen'), { ticketId, by: 'citizen' });
