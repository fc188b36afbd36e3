import { forgetTicket } from '../../../src/application/privacy/forget';
import { personal } from '../../../src/domain/kernel/personal-text';
import { handOverResolution } from '../../../src/domain/ticket/resolution';
import { type World, bookedWorld } from './world';

const met = async (): Promise<{ readonly world: World; readonly ticketId: string }> => {
  const { world, ticketId } = await bookedWorld();
  await world.hold(ticketId);
  await world.issue(ticketId);
  return { world, ticketId };
};
const handOver = (world: World, ticketId: string) => {
  const at = world.clock.now();
  const handedOver = { channel: 'pickup', handedOverAt: at, proof: personal('record', 'semnătură'), at } as const;
  return world.onTicket(ticketId, (state) => handOverResolution(handedOver, state));
};
const refuse = (world: World): void => {
  world.mail.behave = () => ({ kind: 'refused', reason: 'no such mailbox' });
};

describe('Art. 7: the resolution by e-mail', () => {
  it('goes to the verified address although a paper was handed over first', async () => {
    const { world, ticketId } = await met();
    await handOver(world, ticketId);
    await world.drainLater();
    await world.drainLater();
    expect((await world.types(ticketId)).filter((type) => type === 'ResolutionSent')).toHaveLength(1);
    expect(world.mail.letters.at(-1)?.text).toContain('S-a lămurit situația parcelei.');
  });

  it('A11: does not go again once it came back and was handed over', async () => {
    const { world, ticketId } = await met();
    refuse(world);
    await world.drainLater();
    expect(await world.types(ticketId)).toContain('ResolutionBounced');
    await handOver(world, ticketId);
    const { calls } = world.mail;
    await world.drainLater();
    expect(world.mail.calls).toBe(calls);
  });

  it('A11: is settled by a hand-over once it was given up', async () => {
    const { world, ticketId } = await met();
    world.mail.behave = () => {
      throw new Error('mail is down');
    };
    for (let hours = 0; hours < 36 && !(await world.openTasks(ticketId)).includes('send-letter'); hours += 1) {
      world.clock.advance({ hours: 1 });
      await world.drain();
    }
    expect(await world.openTasks(ticketId)).toContain('send-letter');
    await handOver(world, ticketId);
    world.mail.behave = () => ({ kind: 'accepted' });
    for (const { effectId } of await world.ports.operations.attempts.list()) await world.ports.operations.attempts.reset(effectId);
    const { calls } = world.mail;
    await world.drainLater();
    expect(await world.openTasks(ticketId)).not.toContain('send-letter');
    expect(world.mail.calls).toBe(calls);
  });
});

describe('GDPR art. 17: a letter that is being written while its ticket is forgotten', () => {
  it.each(['is written', 'fails after it was written'])('is deleted by whoever wrote it, when it %s', async (how) => {
    const { world, ticketId } = await met();
    const { mail } = world;
    const write = mail.send;
    mail.forget = () => Promise.resolve(mail.letters.splice(0).length);
    mail.send = async (letter) => {
      const forgotten = await forgetTicket(world.ports)(world.context(), { ticketId, reason: 'Cerere GDPR art. 17' });
      expect(forgotten).toMatchObject({ value: { destroyedKeys: [`contact:ticket-${ticketId}`] } });
      const delivery = await write(letter);
      expect(mail.letters).toHaveLength(1);
      if (how !== 'is written') throw new Error('the folder cannot be synced');
      return delivery;
    };
    await world.drainLater();
    expect(mail.letters).toEqual([]);
  });
});
