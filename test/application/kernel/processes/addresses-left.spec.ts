import { bookedWorld } from './world';

describe('Art. 3 e (GDPR 16): the addresses that were left', () => {
  it('are each told, although the server of one cannot be reached', async () => {
    const { world, ticketId } = await bookedWorld();
    const first = world.mail.letters[0]?.to ?? '';
    world.mail.behave = ({ to }) => {
      if (to === first) throw new Error('that server is away');
      return { kind: 'accepted' };
    };
    await world.giveAddress(ticketId, 'a.doua@example.org', 2);
    world.clock.advance({ minutes: 5 });
    await world.giveAddress(ticketId, 'a.treia@example.org', 3);
    await world.drainLater();
    const told = world.mail.letters.filter(({ to, subject }) => to === 'a.doua@example.org' && subject.includes('schimbată'));
    expect(told).toHaveLength(1);
  });
});
