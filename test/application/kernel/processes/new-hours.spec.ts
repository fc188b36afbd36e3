import { cancelTicket } from '../../../../src/application/booking/cancel-ticket';
import { registerRequest, settleDispute } from '../../../../src/application/requests/register-request';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { openWorld, request, staffId } from './world';

describe('Art. 8: a new hour that was given', () => {
  it('is noted on the ticket that staff cancelled, even where staff cancelled the next one as well before it was', async () => {
    const world = await openWorld();
    const booked = async (startsAt: string): Promise<string> => {
      const ticketId = world.ports.identifiers.next();
      const holdId = world.ports.identifiers.next();
      await world.askBy(world.ports, { ticketId, holdId, mode: 'in-person', phone: '0740123456', startsAt });
      expect(await world.types(ticketId)).toContain('Scheduled');
      return ticketId;
    };
    const cancelledByStaff = (ticketId: string) =>
      cancelTicket(world.ports)(world.context('staff'), { ticketId, by: 'staff', reason: 'illness' });
    const first = await booked('2026-03-05T08:00:00.000Z');
    await cancelledByStaff(first);
    const second = await booked('2026-03-10T08:00:00.000Z');
    await cancelledByStaff(second);
    await world.drain();
    expect(await world.types(first)).toContain('NewHourGiven');
    expect(await world.types(second)).not.toContain('NewHourGiven');
    const third = await booked('2026-03-11T08:00:00.000Z');
    await world.drain();
    const [given] = (await world.facts(second)).filter(({ type }) => type === 'NewHourGiven');
    expect(given).toMatchObject({ data: { newTicketId: third } });
    expect((await world.types(first)).filter((type) => type === 'NewHourGiven')).toHaveLength(1);
  });

  it('is noted on no ticket of the applicant whose request it turned out not to be (A29)', async () => {
    const world = await openWorld();
    const book = async (startsAt: string): Promise<string> => {
      const [ticketId, holdId] = [world.ports.identifiers.next(), world.ports.identifiers.next()];
      await world.askBy(world.ports, { ticketId, holdId, mode: 'in-person', phone: '0740123456', startsAt });
      return ticketId;
    };
    const ofThem = await book('2026-03-05T08:00:00.000Z');
    await cancelTicket(world.ports)(world.context('staff'), { ticketId: ofThem, by: 'staff', reason: 'illness' });
    const told = { ...request, applicantName: 'Rusu Delia', handlerStaffId: staffId, status: 'in-operation' } as const;
    const department = { department: 'Urbanism', departmentCode: '425' };
    expect(isRefusal(await registerRequest(world.ports)(world.context('system'), { ...told, ...department }))).toBe(false);
    const decided = await settleDispute(world.ports)(world.context('staff'), { request, decision: 'corrected', reason: 'În dosar' });
    expect(isRefusal(decided)).toBe(false);
    const ofTheOther = await book('2026-03-10T08:00:00.000Z');
    expect(await world.types(ofTheOther)).toContain('Scheduled');
    await world.drain();
    expect(await world.types(ofThem)).not.toContain('NewHourGiven');
  });
});
