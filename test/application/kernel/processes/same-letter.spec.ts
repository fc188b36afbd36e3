import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { bookedWorld } from './world';

const versionOf = ({ letterId, calendar }: Letter): string =>
  `${letterId} ${calendar?.content.match(/UID:(.+)/)?.[1] ?? ''} ${calendar?.content.match(/SEQUENCE:(\d+)/)?.[1] ?? ''}`;

describe('Art. 8: a letter that is sent again', () => {
  it('has the same calendar entry, though the link of the new meeting has come meanwhile', async () => {
    const { world, ticketId } = await bookedWorld();
    await world.move(ticketId, '2026-03-12T08:00:00.000Z');
    // The server takes the letter about the change, and the answer is lost.
    const taken: Letter[] = [];
    world.mail.behave = (letter) => {
      taken.push(letter);
      if (letter.calendar?.content.includes('SEQUENCE:2') === true && taken.length === 1) throw new Error('cut');
      return { kind: 'accepted' };
    };
    await world.drain();
    expect(taken.length).toBeGreaterThan(1);
    await world.drainAfter({ minutes: 2 });
    const again = taken.filter(({ letterId }) => letterId === taken[0]?.letterId);
    expect(again).toHaveLength(2);
    expect(new Set(again.map(versionOf)).size).toBe(1);
    expect(again[1]).toEqual(again[0]);
    expect(new Set(taken.map(versionOf)).size).toBe(2);
  });
});
