import { forgetTicket } from '../../../../src/application/privacy/forget';
import { personal } from '../../../../src/domain/kernel/personal-text';
import { currentCalendar } from '../../../../src/application/kernel/streams';
import { amendResolution } from '../../../../src/domain/ticket/amendment';
import { askToSendAgain, handOverResolution, isBeingSentAgain, maySendAgain } from '../../../../src/domain/ticket/resolution';
import { isRequested } from '../../../../src/domain/ticket/ticket';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { away, concludedWorld, openWorld, refusing, type World } from './world';

const handOver = (world: World, ticketId: string) => {
  const at = world.clock.now();
  const handedOver = { channel: 'pickup', handedOverAt: at, proof: personal('record', 'semnătură'), at } as const;
  return world.onTicket(ticketId, (state) => handOverResolution(handedOver, state));
};
/** The resolution comes back, and from then on every letter arrives. */
const cameBack = async (world: World): Promise<void> => {
  world.mail.behave = refusing;
  await world.drainLater();
  works(world);
};
/** No letter leaves until a person is asked to send it. */
const untilGivenUp = async (world: World, ticketId: string): Promise<void> => {
  world.mail.behave = away;
  for (let hours = 0; hours < 36 && !(await world.openTasks(ticketId)).includes('send-letter'); hours += 1) {
    await world.drainAfter({ hours: 1 });
  }
  expect(await world.openTasks(ticketId)).toContain('send-letter');
};
const works = (world: World): void => {
  world.mail.behave = () => ({ kind: 'accepted' });
};
const newAddress = 'noua@example.org';
const sendAgain = (world: World, ticketId: string) => world.onTicket(ticketId, (state) => askToSendAgain({ at: world.clock.now() }, state));
const amend = async (world: World, ticketId: string) => {
  const [at, policies, calendar] = [world.clock.now(), world.ports.policies, await currentCalendar(world.ports)];
  const texts = { conclusions: personal('record', 'Parcela este 7.'), reason: personal('record', 'greșeală de scriere') };
  await world.onTicket(ticketId, (state) =>
    amendResolution({ form: 'erratum', ...texts, sameTexts: false, amendedBy: 'S-012', at, policies, calendar }, state),
  );
};
const isResolutionTo = ({ to, text }: Letter, address: string) => to === address && text.includes('S-a lămurit situația parcelei.');
const resolutionsTo = ({ mail }: World, address: string) => mail.letters.filter((letter) => isResolutionTo(letter, address));
/** What happens while a letter with the resolution is at the mail server for the first time. */
const whileSending = ({ mail }: World, address: string, happens: () => Promise<unknown>): void => {
  const { send } = mail;
  mail.send = async (letter) => {
    if (!isResolutionTo(letter, address)) return send(letter);
    mail.send = send;
    await happens();
    return send(letter);
  };
};

describe('Art. 7: the resolution by e-mail', () => {
  it('goes to the verified address although a paper was handed over first', async () => {
    const { world, ticketId } = await concludedWorld();
    await handOver(world, ticketId);
    await world.drainLater();
    await world.drainLater();
    expect((await world.types(ticketId)).filter((type) => type === 'ResolutionSent')).toHaveLength(1);
    expect(world.mail.letters.at(-1)?.text).toContain('S-a lămurit situația parcelei.');
  });

  it('A11: does not go again once it came back and was handed over', async () => {
    const { world, ticketId } = await concludedWorld();
    world.mail.behave = refusing;
    await world.drainLater();
    expect(await world.types(ticketId)).toContain('ResolutionBounced');
    await handOver(world, ticketId);
    const { calls } = world.mail;
    await world.drainLater();
    expect(world.mail.calls).toBe(calls);
  });

  it('A11: is settled by a hand-over once it was given up', async () => {
    const { world, ticketId } = await concludedWorld();
    await untilGivenUp(world, ticketId);
    await handOver(world, ticketId);
    world.mail.behave = () => ({ kind: 'accepted' });
    for (const { effectId } of await world.ports.operations.attempts.list()) await world.ports.operations.attempts.reset(effectId);
    const { calls } = world.mail;
    await world.drainLater();
    expect(await world.openTasks(ticketId)).not.toContain('send-letter');
    expect(world.mail.calls).toBe(calls);
  });
});

describe('Art. 7 (GDPR 16): the resolution once another address was given', () => {
  it('goes there by itself where it came back from the one before, once', async () => {
    const { world, ticketId } = await concludedWorld();
    await cameBack(world);
    await world.giveAddress(ticketId, newAddress, 2);
    await world.drainLater();
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
    expect((await world.types(ticketId)).filter((type) => type === 'ResolutionSent')).toHaveLength(1);
  });

  it('A21: goes once, where a person asks for it in the same moment', async () => {
    const { world, ticketId } = await concludedWorld();
    await cameBack(world);
    await world.giveAddress(ticketId, newAddress, 2);
    await sendAgain(world, ticketId);
    await world.drainLater();
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
  });

  it('A11, A21: stays away where it was taken on paper, until a person asks for it to be sent again', async () => {
    const { world, ticketId } = await concludedWorld();
    await cameBack(world);
    await handOver(world, ticketId);
    await world.giveAddress(ticketId, newAddress, 2);
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toEqual([]);
    await sendAgain(world, ticketId);
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
  });

  it('goes there where nobody could be written to at the one before, and a person was asked to', async () => {
    const { world, ticketId } = await concludedWorld();
    await untilGivenUp(world, ticketId);
    works(world);
    await world.giveAddress(ticketId, newAddress, 2);
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
    expect(await world.openTasks(ticketId)).not.toContain('send-letter');
  });

  it.each([
    ['ResolutionSent', { kind: 'accepted' }],
    ['ResolutionBounced', { kind: 'refused', reason: 'no such mailbox' }],
  ] as const)('goes there although %s of the letter to the one before is noted only now', async (type, outcome) => {
    const { world, ticketId } = await concludedWorld();
    world.mail.behave = ({ to }) => (to === newAddress ? { kind: 'accepted' } : outcome);
    whileSending(world, 'ion@example.org', () => world.giveAddress(ticketId, newAddress, 2));
    await world.drainLater();
    const types = await world.types(ticketId);
    expect(types.indexOf(type)).toBeGreaterThan(types.indexOf('ContactCorrected'));
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
  });

  it('A11: goes there although a paper is handed over meanwhile: nobody has given up that letter', async () => {
    const { world, ticketId } = await concludedWorld();
    await untilGivenUp(world, ticketId);
    works(world);
    await world.giveAddress(ticketId, newAddress, 2);
    await handOver(world, ticketId);
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
  });

  it('A21: is known to be on its way, so that nobody has to ask for it, and asking while it is at the mail server sends no other', async () => {
    const { world, ticketId } = await concludedWorld();
    await cameBack(world);
    const shown = async () => {
      const state = await world.state(ticketId);
      return isRequested(state) ? [isBeingSentAgain(state.resolution), maySendAgain(state)] : [];
    };
    expect(await shown()).toEqual([false, true]);
    await world.giveAddress(ticketId, newAddress, 2);
    expect(await shown()).toEqual([true, false]);
    whileSending(world, newAddress, () => sendAgain(world, ticketId));
    await world.drainLater();
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toHaveLength(1);
    expect(await shown()).toEqual([false, false]);
    expect(await world.types(ticketId)).not.toContain('ResolutionToBeSentAgain');
  });

  it('does not go there where it reached the one before', async () => {
    const { world, ticketId } = await concludedWorld();
    await world.drainLater();
    await world.giveAddress(ticketId, newAddress, 2);
    await world.drainLater();
    expect(resolutionsTo(world, newAddress)).toEqual([]);
  });

  it('goes with its amendment to whoever had no address and has nothing but the first text on paper', async () => {
    const world = await openWorld();
    const ticketId = await world.ask('phone', { phone: '0740123456' });
    await world.drainLater();
    await world.conclude(ticketId);
    await handOver(world, ticketId);
    world.clock.advance({ minutes: 1 });
    await amend(world, ticketId);
    await world.drainLater();
    await world.giveAddress(ticketId, newAddress, 1);
    await world.drainLater();
    await world.drainLater();
    const letters = resolutionsTo(world, newAddress);
    expect(letters).toHaveLength(1);
    expect(letters[0]?.text).toContain('Parcela este 7.');
    expect(await world.facts(ticketId)).toContainEqual(
      expect.objectContaining({ type: 'ResolutionSent', data: expect.objectContaining({ amendments: 1 }) }),
    );
  });
});

describe('GDPR art. 17: a letter that is being written while its ticket is forgotten', () => {
  it.each(['is written', 'fails after it was written'])('is deleted by whoever wrote it, when it %s', async (how) => {
    const { world, ticketId } = await concludedWorld();
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
