import { acceptOffer, offerMove, withdrawOffer } from '../../../src/application/booking/move-offers';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { currentTicket } from '../../../src/application/kernel/streams';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { bookedWorld, startsAt } from '../processes/world';

const head = { staffId: 's-90', name: 'Ilka Fodor', role: 'head-of-service', department: 'Cadastru', departmentCode: '500' } as const;

describe('an offer that is accepted', () => {
  it('Art. 8: given it is withdrawn once the hour is held, then whoever accepts is told that it is over, and of no other hours', async () => {
    const { world, ticketId } = await bookedWorld();
    const { ports } = world;
    await registerStaff(ports)(world.context(), { ...head, email: 'ilka@primaria.example' });
    await world.drain();
    const offer = { ticketId, offerId: 'offer-1', departmentCode: '500', reason: 'Ține de cadastru.' };
    expect(await offerMove(ports)(world.context(), offer)).toMatchObject({ value: { ticketId } });
    let withdrawn = false;
    const append: Ports['store']['append'] = async (...batch) => {
      const appended = await ports.store.append(...batch);
      if (!withdrawn) {
        withdrawn = true;
        expect(await withdrawOffer(ports)(world.context(), { ticketId })).toMatchObject({ value: { ticketId } });
      }
      return appended;
    };
    const meanwhile = { ...ports, store: { ...ports.store, append } };
    const command = { ticketId, holdId: ports.identifiers.next(), offerId: 'offer-1', staffId: head.staffId, because: 'Cadastru' };
    expect(await acceptOffer(meanwhile)(world.context(), command)).toMatchObject({
      code: 'wrong-state',
      article: '8',
      details: { reason: 'offer-over' },
    });
    expect(withdrawn).toBe(true);
    const ticket = await currentTicket(ports, ticketId);
    expect(isRequested(ticket) && ticket.booking).toMatchObject({ staffId: 'S-012', slot: { startsAt } });
  });
});
