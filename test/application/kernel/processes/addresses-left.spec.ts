import { correctContact, verifyContact } from '../../../../src/application/booking/correct-contact';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { awaitedCodeOf } from '../../../support/codes';
import { bookedWorld, type World } from './world';

/** Letters go to this address from here on, by code n. */
const moveTo = async (world: World, ticketId: string, email: string, n: number): Promise<void> => {
  const asked = await correctContact(world.ports)(world.context('citizen'), { ticketId, email });
  const verified = await verifyContact(world.ports)(world.context('citizen'), {
    ticketId,
    code: await awaitedCodeOf(world.ports, ticketId, n),
  });
  if (isRefusal(asked) || isRefusal(verified)) throw new Error(JSON.stringify([asked, verified]));
};

describe('Art. 3 e (GDPR 16): the addresses that were left', () => {
  it('are each told, although the server of one cannot be reached', async () => {
    const { world, ticketId } = await bookedWorld();
    const first = world.mail.letters[0]?.to ?? '';
    world.mail.behave = ({ to }) => {
      if (to === first) throw new Error('that server is away');
      return { kind: 'accepted' };
    };
    await moveTo(world, ticketId, 'a.doua@example.org', 2);
    world.clock.advance({ minutes: 5 });
    await moveTo(world, ticketId, 'a.treia@example.org', 3);
    await world.drainLater();
    const told = world.mail.letters.filter(({ to, subject }) => to === 'a.doua@example.org' && subject.includes('schimbată'));
    expect(told).toHaveLength(1);
  });
});
