import { earlierHourWanted } from '../../../../src/application/booking/earlier-hours';
import { agendas } from '../../../../src/application/kernel/streams';
import type { AgendaFact } from '../../../../src/domain/agenda/facts';
import { accept } from '../../../../src/domain/kernel/decider';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { plusMinutes } from '../../../../src/domain/time/civil-time';
import { bookedWorld, staffId, type World } from './world';

/** Somebody else gives up 09:00 of the day, an hour before the meeting. */
const anHourBecomesFree = async ({ ports, clock, context }: World): Promise<void> => {
  const slot = { startsAt: '2026-03-05T07:00:00.000Z', endsAt: '2026-03-05T07:15:00.000Z' };
  const hold = { holdId: 'h', ticketId: 'another', slot };
  const [at, freeFrom] = [clock.now(), plusMinutes(clock.now(), 1)];
  const held = { type: 'SlotHeld', data: { ...hold, heldAt: at, until: at } } as const;
  const released = { type: 'SlotReleased', data: { ...hold, releasedAt: at, freeFrom } } as const;
  const noted = await agendas.of(ports, staffId, '2026-03-05').transact(context(), 'others', () => accept<AgendaFact>(held, released));
  if (isRefusal(noted)) throw new Error(noted.code);
};

describe('A19: letters about an earlier hour', () => {
  it.each([
    ['refuses for good', 'refused', 1],
    ['is away', 'away', 4],
  ] as const)('given a server that %s, then it is asked as often as is of use', async (_, behaviour, asked) => {
    const { world, ticketId } = await bookedWorld();
    const wanted = await earlierHourWanted(world.ports)(world.context('citizen'), { ticketId, wanted: true });
    expect(isRefusal(wanted)).toBe(false);
    await anHourBecomesFree(world);
    world.mail.behave = () => {
      if (behaviour === 'away') throw new Error('away');
      return { kind: 'refused', reason: '550' };
    };
    const before = world.mail.calls;
    for (let look = 0; look < 4; look += 1) {
      await world.drainAfter({ minutes: 90 });
    }
    expect(world.mail.calls - before).toBe(asked);
    expect(await world.types(ticketId)).not.toContain('EarlierHourOffered');
  });
});
