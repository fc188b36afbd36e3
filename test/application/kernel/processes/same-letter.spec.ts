import { rescheduleTicket } from '../../../../src/application/booking/move-meeting';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { bookedWorld } from './world';

const versionOf = ({ letterId, calendar }: Letter): string =>
  `${letterId} ${calendar?.content.match(/UID:(.+)/)?.[1] ?? ''} ${calendar?.content.match(/SEQUENCE:(\d+)/)?.[1] ?? ''}`;

describe('Art. 8: a letter that is sent again', () => {
  it('has the same calendar entry, though the link of the new meeting has come meanwhile', async () => {
    const { world, ticketId } = await bookedWorld();
    const command = { ticketId, holdId: world.ports.identifiers.next(), startsAt: '2026-03-12T08:00:00.000Z', by: 'staff' as const };
    const moved = await rescheduleTicket(world.ports)(world.context(), { ...command, reason: 'illness' });
    expect(isRefusal(moved)).toBe(false);
    // The server takes the letter about the change, and the answer is lost.
    const taken: Letter[] = [];
    world.mail.behave = (letter) => {
      taken.push(letter);
      if (letter.calendar?.content.includes('SEQUENCE:2') === true && taken.length === 1) throw new Error('cut');
      return { kind: 'accepted' };
    };
    await world.drain();
    expect(taken.length).toBeGreaterThan(1);
    world.clock.advance({ minutes: 2 });
    await world.drain();
    const again = taken.filter(({ letterId }) => letterId === taken[0]?.letterId);
    expect(again).toHaveLength(2);
    expect(new Set(again.map(versionOf)).size).toBe(1);
    expect(again[1]).toEqual(again[0]);
    expect(new Set(taken.map(versionOf)).size).toBe(2);
  });
});
