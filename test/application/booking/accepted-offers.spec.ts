import { acceptOffer, offerMove, withdrawOffer } from '../../../src/application/booking/move-offers';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { currentTicket } from '../../../src/application/kernel/streams';
import { registerStaff } from '../../../src/application/staff/register-staff';
import { policiesWith } from '../../../src/domain/policies';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { bookedWorld, startsAt } from '../kernel/processes/world';
import { refused } from '../../support/decided';

const head = { staffId: 's-90', name: 'Ilka Fodor', role: 'head-of-service', department: 'Cadastru', departmentCode: '500' } as const;

describe('an offer that is accepted', () => {
  it('Art. 5: given nobody is named who would make the link, then it is offered all the same, and whoever is named is asked for the time', async () => {
    const { world, ticketId } = await bookedWorld();
    const policies = policiesWith({ 'link-by-hand': { value: { workingHours: 40 }, version: 2 } });
    const ports: Ports = { ...world.ports, video: { kind: 'manual' }, policies };
    await registerStaff(ports)(world.context(), { ...head, email: 'ilka@primaria.example' });
    await world.drain();
    const hour = '2026-03-05T10:00:00.000Z';
    const offer = { ticketId, offerId: 'offer-1', startsAt: hour, reason: 'Ține de cadastru.' };
    const named = await offerMove(ports)(world.context(), { ...offer, staffId: head.staffId });
    expect(named).toMatchObject(refused('no-time-for-link', { article: '5' }));
    expect(await offerMove(ports)(world.context(), { ...offer, departmentCode: '500' })).toMatchObject({ value: { ticketId } });
    const command = { ticketId, holdId: ports.identifiers.next(), offerId: 'offer-1', staffId: head.staffId, because: 'Cadastru' };
    expect(await acceptOffer(ports)(world.context(), command)).toMatchObject(refused('no-time-for-link', { article: '5' }));
  });

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
    expect(await acceptOffer(meanwhile)(world.context(), command)).toMatchObject(
      refused('wrong-state', { article: '8', reason: 'offer-over' }),
    );
    expect(withdrawn).toBe(true);
    const ticket = await currentTicket(ports, ticketId);
    expect(isRequested(ticket) && ticket.booking).toMatchObject({ staffId: 'S-012', slot: { startsAt } });
  });
});
