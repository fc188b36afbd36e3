import { correctContact, verifyContact } from '../../../src/application/booking/correct-contact';
import { askToOpen, openWithCode, sendOpeningLetters } from '../../../src/application/booking/opening';
import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { takeHourUnder } from '../../../src/application/booking/one-hour';
import { personal } from '../../../src/domain/kernel/personal-text';
import { allProcesses } from '../../../src/application/operation/all-processes';
import { ticketStatus } from '../../../src/projections/ticket-status/ticket-status';
import { awaitedCodeOf } from '../../support/codes';
import { bookedWorld, createWorld, done, request, startsAt, type World } from '../kernel/processes/world';

const [oldAddress, newAddress] = ['ion@example.org', 'noua@example.org'];
const friday = '2026-03-06T08:00:00.000Z';
const ask = async ({ ports, context }: World, ticketId: string): Promise<string> => {
  done(await correctContact(ports)(context('citizen'), { ticketId, email: newAddress }));
  return awaitedCodeOf(ports, ticketId, 2);
};
const enter = async ({ ports, context }: World, ticketId: string, code: string) =>
  verifyContact(ports)(context('citizen'), { ticketId, code });
/** Whether another ticket of this address can have the hour. */
const isFree = async ({ ports }: World, email: string, hour: string): Promise<boolean> => {
  const other = ports.identifiers.next();
  const taken = await takeHourUnder(ports, other, { email, request: { number: '1', filedOn: '2026-01-05' } }, hour);
  if (taken === undefined) await ports.operations.places.release(`hour/${hour}/${other}`);
  return taken === undefined;
};
/** Something happens to the ticket just before the hour is taken under the new address. */
const meanwhile = ({ ports }: World, happens: () => Promise<unknown>): void => {
  const { places } = ports.operations;
  const claim = places.claim.bind(places);
  places.claim = async (...asked) => {
    places.claim = claim;
    await happens();
    return claim(...asked);
  };
};

describe('A24: the hour of a ticket whose address changes', () => {
  it('is the one where it stands, where it moved while the code was entered', async () => {
    const { world, ticketId } = await bookedWorld();
    const code = await ask(world, ticketId);
    meanwhile(world, () => world.move(ticketId, friday));
    done(await enter(world, ticketId, code));
    expect([await isFree(world, newAddress, startsAt), await isFree(world, oldAddress, startsAt)]).toEqual([true, true]);
    expect([await isFree(world, newAddress, friday), await isFree(world, oldAddress, friday)]).toEqual([false, true]);
  });

  it('stays under the one before where it stands, where it moved and another code was asked for meanwhile', async () => {
    const { world, ticketId } = await bookedWorld();
    const code = await ask(world, ticketId);
    meanwhile(world, async () => {
      await world.move(ticketId, friday);
      world.clock.advance({ minutes: 2 });
      done(await correctContact(world.ports)(world.context('citizen'), { ticketId, email: newAddress }));
    });
    expect(await enter(world, ticketId, code)).toMatchObject({ code: 'code-expired' });
    expect([await isFree(world, newAddress, startsAt), await isFree(world, oldAddress, startsAt)]).toEqual([true, true]);
    expect([await isFree(world, newAddress, friday), await isFree(world, oldAddress, friday)]).toEqual([true, false]);
  });

  it('is none, where it was cancelled meanwhile', async () => {
    const { world, ticketId } = await bookedWorld();
    const code = await ask(world, ticketId);
    meanwhile(world, async () => done(await cancelTicket(world.ports)(world.context('citizen'), { ticketId, by: 'citizen' })));
    done(await enter(world, ticketId, code));
    expect([await isFree(world, newAddress, startsAt), await isFree(world, oldAddress, startsAt)]).toEqual([true, true]);
    expect(await world.ports.operations.places.claim(world.ports.personalData.tag('email-cap', newAddress), 'another', 1)).toBe(true);
  });

  it('is no longer under the one that was left, where a head allowed it beside another of the new one', async () => {
    const { world, ticketId } = await bookedWorld();
    const code = await ask(world, ticketId);
    await takeHourUnder(world.ports, 'another', { email: newAddress, request }, startsAt);
    expect(await enter(world, ticketId, code)).toMatchObject({ code: 'same-hour' });
    expect(await isFree(world, oldAddress, startsAt)).toBe(false);
    await world.tellRequest({
      type: 'SharedHourAllowed',
      data: { startsAt, reason: personal('office', 'doi frați'), allowedBy: 's-head', allowedAt: world.clock.now() },
    });
    world.clock.advance({ minutes: 2 });
    done(await correctContact(world.ports)(world.context('citizen'), { ticketId, email: newAddress }));
    done(await enter(world, ticketId, await awaitedCodeOf(world.ports, ticketId, 3)));
    expect(await isFree(world, oldAddress, startsAt)).toBe(true);
  });
});

describe('A9: a code that opens a ticket', () => {
  it('opens nothing once the address was left to which it went, and the next one does', async () => {
    const { world, ticketId } = await bookedWorld(createWorld(allProcesses, { projections: [ticketStatus] }));
    const { ports } = world;
    const state = await world.state(ticketId);
    if (!('reference' in state)) throw new Error('There is no ticket.');
    const asked = { reference: state.reference, browser: 'browser-1' };
    const openingCode = async (): Promise<string> => {
      done(await askToOpen(ports)(world.context('citizen'), asked));
      await sendOpeningLetters(ports, world.clock.now());
      return /\b\d{6}\b/u.exec(world.mail.letters.at(-1)?.text ?? '')?.[0] ?? '';
    };
    const open = (code: string) => openWithCode(ports)(world.context('citizen'), { ...asked, code });
    const old = await openingCode();
    expect(world.mail.letters.at(-1)?.to).toBe(oldAddress);
    world.clock.advance({ minutes: 1 });
    done(await enter(world, ticketId, await ask(world, ticketId)));
    expect(await open(old)).toMatchObject({ code: 'code-expired' });
    world.clock.advance({ minutes: 1 });
    expect(await open(await openingCode())).toMatchObject({ value: { ticketId } });
    expect(world.mail.letters.at(-1)?.to).toBe(newAddress);
  });
});
