import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { rescheduleTicket } from '../../../src/application/booking/move-meeting';
import { noteTextReport } from '../../../src/application/booking/text-messages';
import type { TextMessage } from '../../../src/application/kernel/ports/text-messages';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { isTold, notifyCitizen } from '../../../src/domain/ticket/changes';
import { policiesWith } from '../../../src/domain/policies';
import { openWorld, type World } from './world';

const gateway = () => {
  const sent: TextMessage[] = [];
  const made = {
    sent,
    behave: (): 'accepted' | 'refused' => 'accepted',
    send: (message: TextMessage) =>
      Promise.resolve().then(() => {
        if (made.behave() === 'refused') return { kind: 'refused', reason: '400' } as const;
        sent.push(message);
        return { kind: 'accepted' } as const;
      }),
    isReport: () => true,
  };
  return made;
};

const booked = async (contact: { readonly email?: string; readonly phone?: string }) => {
  const world = await openWorld();
  const texts = gateway();
  Object.assign(world.ports, { textMessages: texts });
  const ticketId = await world.ask('phone', contact);
  if (contact.email !== undefined) await world.verify(ticketId);
  await world.drain();
  return { world, texts, ticketId };
};
const moved = async (world: World, ticketId: string, startsAt = '2026-03-06T08:00:00.000Z'): Promise<void> => {
  const command = { ticketId, holdId: world.ports.identifiers.next(), startsAt, by: 'staff' as const };
  const outcome = await rescheduleTicket(world.ports)(world.context(), { ...command, reason: 'illness' });
  if (isRefusal(outcome)) throw new Error(JSON.stringify(outcome));
  await world.drain();
};
const notices = async (world: World, ticketId: string) =>
  (await world.facts(ticketId)).flatMap((fact) => (fact.type === 'CitizenNotified' ? [fact.data] : []));
const told = async (world: World, ticketId: string): Promise<boolean> => {
  const state = await world.state(ticketId);
  return 'notices' in state && isTold(state);
};

describe('Art. 8: text messages', () => {
  it('given a mobile number and no e-mail, when staff move the meeting, then one message names reference and hour alone', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    world.clock.advance({ minutes: 2 });
    await world.drain();
    expect(texts.sent).toHaveLength(1);
    expect(texts.sent[0]).toMatchObject({ to: '+40740123456' });
    expect(texts.sent[0]?.text).toMatch(/TA-\w{8}.*vineri, 6 martie 2026, 10:00/u);
    for (const secret of ['POPESCU', 'Popescu', '154997', 'Mureșan', 'illness', 'îmbolnăvire'])
      expect(texts.sent[0]?.text).not.toContain(secret);
  });

  it('A21: that the gateway took it tells nobody; that the network delivered it does, once', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    expect(await told(world, ticketId)).toBe(false);
    const messageId = texts.sent[0]?.messageId ?? '';
    expect(await noteTextReport(world.ports)(messageId, 'delivered')).toBe('noted');
    expect(await noteTextReport(world.ports)(messageId, 'delivered')).toBe('noted');
    expect(await told(world, ticketId)).toBe(true);
    expect(await notices(world, ticketId)).toMatchObject([
      { about: 'rescheduled', channel: 'text-message', outcome: 'accepted', letterId: messageId, grade: 'observed' },
    ]);
  });

  it('A21: what could not be delivered told nobody, and a person is asked to', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    expect(await noteTextReport(world.ports)(texts.sent[0]?.messageId ?? '', 'undelivered')).toBe('noted');
    await world.drain();
    expect(await told(world, ticketId)).toBe(false);
    expect(await world.openTasks(ticketId)).toContain('notify-citizen');
  });

  it('Art. 8: that a message of the change before was delivered tells nobody of the newer one, whose message still goes', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    texts.behave = () => {
      throw new Error('away');
    };
    await moved(world, ticketId, '2026-03-06T09:00:00.000Z');
    expect(await noteTextReport(world.ports)(texts.sent[0]?.messageId ?? '', 'delivered')).toBe('noted');
    expect(await told(world, ticketId)).toBe(false);
    expect(await notices(world, ticketId)).toEqual([]);
    texts.behave = () => 'accepted';
    world.clock.advance({ minutes: 2 });
    await world.drain();
    expect(texts.sent.map(({ text }) => /10:00|11:00/u.exec(text)?.[0])).toEqual(['10:00', '11:00']);
  });

  it('a notice of an earlier message, as logs may hold one, does not stop the newer', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    texts.behave = () => {
      throw new Error('away');
    };
    await moved(world, ticketId, '2026-03-06T09:00:00.000Z');
    const at = world.clock.now();
    const notice = { about: 'rescheduled', channel: 'text-message', outcome: 'accepted', notifiedAt: at, at } as const;
    const letterId = texts.sent[0]?.messageId ?? '';
    await world.onTicket(ticketId, (state) => notifyCitizen({ ...notice, letterId }, state));
    texts.behave = () => 'accepted';
    world.clock.advance({ minutes: 2 });
    await world.drain();
    expect(texts.sent).toHaveLength(2);
  });

  it('given a process that ends once the gateway has taken it, then it does not leave again', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    const { attempts } = world.ports.operations;
    const ending = jest.spyOn(attempts, 'done').mockRejectedValue(new Error('ended'));
    await moved(world, ticketId);
    ending.mockRestore();
    world.clock.advance({ minutes: 2 });
    await world.drain();
    expect(texts.sent).toHaveLength(1);
  });

  it('given an outbox that cannot note it, then what was taken is not shown as failed', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    const { outbox } = world.ports.operations;
    const full = jest.spyOn(outbox, 'note').mockRejectedValueOnce(new Error('full'));
    await moved(world, ticketId);
    full.mockRestore();
    expect(texts.sent).toHaveLength(1);
    expect((await outbox.list()).filter(({ state }) => state === 'failed')).toEqual([]);
  });

  it('given a change at night, then its message waits for the morning, unless the hour comes first', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    world.clock.set('2026-03-02T20:00:00.000Z');
    await moved(world, ticketId);
    world.clock.set('2026-03-03T04:59:59.000Z');
    await world.drain();
    expect(texts.sent).toEqual([]);
    world.clock.set('2026-03-03T05:00:00.000Z');
    await world.drain();
    expect(texts.sent).toHaveLength(1);
    world.clock.set('2026-03-06T03:00:00.000Z');
    Object.assign(world.ports, {
      policies: policiesWith({ reminders: { value: { hoursBefore: [24], nightFrom: '21:00', nightUntil: '10:30' }, version: 2 } }),
    });
    expect(isRefusal(await cancelTicket(world.ports)(world.context(), { ticketId, by: 'staff', reason: 'technical' }))).toBe(false);
    await world.drain();
    expect(texts.sent).toHaveLength(2);
  });

  it('a cancellation by staff is told, one by the citizen is not', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    expect(isRefusal(await cancelTicket(world.ports)(world.context(), { ticketId, by: 'staff', reason: 'technical' }))).toBe(false);
    await world.drain();
    expect(texts.sent.map(({ text }) => text)).toEqual([expect.stringContaining('a fost anulată')]);
    const other = await booked({ phone: '0740 123 456' });
    await cancelTicket(other.world.ports)(other.world.context('citizen'), { ticketId: other.ticketId, by: 'citizen' });
    await other.world.drain();
    expect(other.texts.sent).toEqual([]);
  });

  it.each([
    ['an e-mail', { email: 'ion@example.org', phone: '0740 123 456' }],
    ['a line at home', { phone: '0264 596 030' }],
  ])('given %s, then no message', async (_, contact) => {
    const { world, texts, ticketId } = await booked(contact);
    await moved(world, ticketId);
    expect(texts.sent).toEqual([]);
  });

  it('a report of no message of ours changes nothing', async () => {
    const { world, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    expect(await noteTextReport(world.ports)(world.ports.identifiers.next(), 'delivered')).toBe('unknown');
    expect(await notices(world, ticketId)).toEqual([]);
  });

  it('given a gateway that is away, then the message is tried again, and refused for good it is not', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    texts.behave = () => {
      throw new Error('away');
    };
    await moved(world, ticketId);
    texts.behave = () => 'accepted';
    world.clock.advance({ minutes: 2 });
    await world.drain();
    expect(texts.sent).toHaveLength(1);
    const refused = await booked({ phone: '0740 123 456' });
    refused.texts.behave = () => 'refused';
    await moved(refused.world, refused.ticketId);
    refused.texts.behave = () => 'accepted';
    refused.world.clock.advance({ minutes: 30 });
    await refused.world.drain();
    expect(refused.texts.sent).toEqual([]);
    expect(await told(refused.world, refused.ticketId)).toBe(false);
  });
});
