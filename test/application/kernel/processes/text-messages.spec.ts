import { cancelTicket } from '../../../../src/application/booking/cancel-ticket';
import { correctContact } from '../../../../src/application/booking/correct-contact';
import { noteTextReport } from '../../../../src/application/booking/text-messages';
import type { TextMessage } from '../../../../src/application/kernel/ports/text-messages';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { isTold, notifyCitizen } from '../../../../src/domain/ticket/changes';
import { policiesWith } from '../../../../src/domain/policies';
import { plusHours, plusMinutes } from '../../../../src/domain/time/civil-time';
import { away, openWorld, startsAt, type World } from './world';

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

const booked = async (contact: { readonly email?: string; readonly phone?: string }, policies = policiesWith()) => {
  const world = await openWorld();
  Object.assign(world.ports, { policies });
  const texts = gateway();
  Object.assign(world.ports, { textMessages: texts });
  const ticketId = await world.ask('phone', contact);
  if (contact.email !== undefined) await world.verify(ticketId);
  await world.drain();
  return { world, texts, ticketId };
};
const moved = async (world: World, ticketId: string, startsAt = '2026-03-06T08:00:00.000Z'): Promise<void> => {
  await world.move(ticketId, startsAt);
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
    await world.drainAfter({ minutes: 2 });
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
    texts.behave = away;
    await moved(world, ticketId, '2026-03-06T09:00:00.000Z');
    expect(await noteTextReport(world.ports)(texts.sent[0]?.messageId ?? '', 'delivered')).toBe('noted');
    expect(await told(world, ticketId)).toBe(false);
    expect(await notices(world, ticketId)).toEqual([]);
    texts.behave = () => 'accepted';
    await world.drainAfter({ minutes: 2 });
    expect(texts.sent.map(({ text }) => /10:00|11:00/u.exec(text)?.[0])).toEqual(['10:00', '11:00']);
  });

  it('a notice of an earlier message, as logs may hold one, does not stop the newer', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    texts.behave = away;
    await moved(world, ticketId, '2026-03-06T09:00:00.000Z');
    const at = world.clock.now();
    const notice = { about: 'rescheduled', channel: 'text-message', outcome: 'accepted', notifiedAt: at, at } as const;
    const letterId = texts.sent[0]?.messageId ?? '';
    await world.onTicket(ticketId, (state) => notifyCitizen({ ...notice, letterId }, state));
    texts.behave = () => 'accepted';
    await world.drainAfter({ minutes: 2 });
    expect(texts.sent).toHaveLength(2);
  });

  it('given a process that ends once the gateway has taken it, then it does not leave again', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    const { attempts } = world.ports.operations;
    const ending = jest.spyOn(attempts, 'done').mockRejectedValue(new Error('ended'));
    await moved(world, ticketId);
    ending.mockRestore();
    await world.drainAfter({ minutes: 2 });
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
    await world.drainAt('2026-03-03T04:59:59.000Z');
    expect(texts.sent).toEqual([]);
    await world.drainAt('2026-03-03T05:00:00.000Z');
    expect(texts.sent).toHaveLength(1);
    world.clock.set('2026-03-06T03:00:00.000Z');
    Object.assign(world.ports, {
      policies: policiesWith({ reminders: { value: { hoursBefore: [24], nightFrom: '21:00', nightUntil: '10:30' }, version: 2 } }),
    });
    expect(isRefusal(await cancelTicket(world.ports)(world.context(), { ticketId, by: 'staff', reason: 'technical' }))).toBe(false);
    await world.drain();
    expect(texts.sent).toHaveLength(2);
  });

  it('GDPR 16: a change from before an address was verified is told to the number still, and the next one by letter alone', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    world.clock.set('2026-03-02T20:00:00.000Z');
    await moved(world, ticketId);
    await world.giveAddress(ticketId);
    await world.drain();
    expect(texts.sent).toEqual([]);
    await world.drainAt('2026-03-03T05:00:00.000Z');
    await world.drainAfter({ minutes: 30 });
    expect(texts.sent).toHaveLength(1);
    await moved(world, ticketId, '2026-03-06T09:00:00.000Z');
    await world.drainAfter({ minutes: 30 });
    expect(texts.sent).toHaveLength(1);
    expect(world.mail.letters.at(-1)?.text).toContain('vineri, 6 martie 2026, 11:00');
  });

  it('GDPR 16: an address that is verified once the message has gone sends none again', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0740 123 456' });
    await moved(world, ticketId);
    expect(texts.sent).toHaveLength(1);
    await world.giveAddress(ticketId);
    await world.drainAfter({ minutes: 30 });
    expect(texts.sent).toHaveLength(1);
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
    texts.behave = away;
    await moved(world, ticketId);
    texts.behave = () => 'accepted';
    await world.drainAfter({ minutes: 2 });
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

describe('reminders as text messages', () => {
  const inText = policiesWith({
    reminders: { value: { hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00', textMessages: true }, version: 2 },
  });
  const phone = '0740 123 456';
  const dayBefore = plusHours(startsAt, -24);
  const twoHoursBefore = plusHours(startsAt, -2);
  const at = async (world: World, instant: string): Promise<void> => {
    await world.drainAt(instant);
  };
  const outcomes = async (world: World, ticketId: string) =>
    (await world.facts(ticketId)).flatMap((fact): readonly (readonly [number, string | undefined])[] => {
      if (fact.type === 'ReminderSent') return [[fact.data.hoursBefore, fact.data.channel]];
      return fact.type === 'ReminderLeftOut' ? [[fact.data.hoursBefore, fact.data.cause]] : [];
    });

  it('GDPR 16: a line at home that becomes a mobile number gets what is still of use', async () => {
    const { world, texts, ticketId } = await booked({ phone: '0264 596 030' }, inText);
    await at(world, dayBefore);
    await at(world, plusHours(dayBefore, 14));
    expect(texts.sent).toEqual([]);
    const given = await correctContact(world.ports)(world.context('citizen'), { ticketId, phone });
    expect(isRefusal(given)).toBe(false);
    for (const instant of [plusHours(dayBefore, 15), twoHoursBefore, startsAt]) await at(world, instant);
    expect(texts.sent).toHaveLength(1);
    expect(await outcomes(world, ticketId)).toEqual([
      [24, 'too-late'],
      [2, 'text-message'],
    ]);
  });

  it('given a mobile number and no e-mail, then one a day and one two hours before, each once, that name reference, hour and way alone', async () => {
    const { world, texts, ticketId } = await booked({ phone }, inText);
    await at(world, plusMinutes(dayBefore, -1));
    expect(texts.sent).toEqual([]);
    for (const instant of [dayBefore, plusMinutes(dayBefore, 30), twoHoursBefore, plusMinutes(twoHoursBefore, 30), startsAt]) {
      await at(world, instant);
    }
    expect(texts.sent).toHaveLength(2);
    expect(new Set(texts.sent.map(({ messageId }) => messageId)).size).toBe(2);
    for (const { text, to } of texts.sent) {
      expect(to).toBe('+40740123456');
      expect(text).toMatch(/vă reamintim întâlnirea TA-\w{8}, joi, 5 martie 2026, 10:00–10:15 \(ora României\), telefonic\./u);
      for (const secret of ['POPESCU', 'Popescu', '154997', 'Mureșan']) expect(text).not.toContain(secret);
    }
    expect(await outcomes(world, ticketId)).toEqual([
      [24, 'text-message'],
      [2, 'text-message'],
    ]);
    expect(world.mail.letters).toEqual([]);
  });

  it('Art. 8: what moved is reminded of at its new hour only, and nobody of what was cancelled', async () => {
    const { world, texts, ticketId } = await booked({ phone }, inText);
    await moved(world, ticketId, '2026-03-06T08:00:00.000Z');
    await at(world, dayBefore);
    await at(world, twoHoursBefore);
    const reminders = () => texts.sent.filter(({ text }) => text.includes('vă reamintim'));
    expect(reminders()).toEqual([]);
    await at(world, '2026-03-05T08:00:00.000Z');
    expect(reminders().map(({ text }) => text)).toEqual([expect.stringContaining('vineri, 6 martie 2026, 10:00')]);
    expect(isRefusal(await cancelTicket(world.ports)(world.context(), { ticketId, by: 'staff', reason: 'technical' }))).toBe(false);
    await at(world, '2026-03-06T06:00:00.000Z');
    expect(reminders()).toHaveLength(1);
  });

  it('at night none goes out: what would leaves half an hour before', async () => {
    const early = {
      ...inText,
      reminders: {
        ...inText.reminders,
        value: { hoursBefore: [12], nightFrom: '21:00', nightUntil: '07:00', textMessages: true as const },
      },
    };
    const { world, texts } = await booked({ phone }, early);
    // 22:00 the evening before would be night; 20:30 in Cluj is not
    await at(world, '2026-03-04T18:29:00.000Z');
    expect(texts.sent).toEqual([]);
    await at(world, '2026-03-04T18:30:00.000Z');
    expect(texts.sent).toHaveLength(1);
  });

  it.each([
    ['an e-mail as well', { email: 'ion@example.org', phone }, inText, 0],
    ['a line at home', { phone: '0264 596 030' }, inText, 0],
    ['a policy that asks for none', { phone }, policiesWith(), 0],
    ['a mobile number', { phone }, inText, 2],
  ])('given %s, then so many', async (_, contact, policies, count) => {
    const { world, texts, ticketId } = await booked(contact, policies);
    await at(world, dayBefore);
    await at(world, twoHoursBefore);
    expect(texts.sent).toHaveLength(count);
    const byText = (await outcomes(world, ticketId)).filter(([, how]) => how !== undefined);
    expect(byText).toHaveLength(count);
  });

  it('given no gateway, then nothing is sent, and no fact says that it was or was not', async () => {
    const { world, texts, ticketId } = await booked({ phone }, inText);
    Object.assign(world.ports, { textMessages: undefined });
    await at(world, dayBefore);
    await at(world, startsAt);
    expect(texts.sent).toEqual([]);
    expect(await outcomes(world, ticketId)).toEqual([]);
  });

  it('given a gateway that is away, it is asked again while the reminder is of use; one that refuses it is not', async () => {
    const { world, texts, ticketId } = await booked({ phone }, inText);
    texts.behave = away;
    await at(world, dayBefore);
    texts.behave = () => 'accepted';
    await at(world, plusMinutes(dayBefore, 5));
    expect(texts.sent).toHaveLength(1);
    texts.behave = () => 'refused';
    await at(world, twoHoursBefore);
    texts.behave = () => 'accepted';
    await at(world, plusMinutes(twoHoursBefore, 20));
    expect(texts.sent).toHaveLength(1);
    expect(await outcomes(world, ticketId)).toEqual([
      [24, 'text-message'],
      [2, 'refused'],
    ]);
  });

  it('given a process that ends once the gateway has taken it, then it is noted and does not leave again', async () => {
    const { world, texts, ticketId } = await booked({ phone }, inText);
    const ending = jest.spyOn(world.ports.operations.attempts, 'done').mockRejectedValue(new Error('ended'));
    await at(world, dayBefore);
    ending.mockRestore();
    await at(world, plusMinutes(dayBefore, 10));
    expect(texts.sent).toHaveLength(1);
    expect(await outcomes(world, ticketId)).toEqual([[24, 'text-message']]);
  });

  it('a report of one is noted with it, and tells nobody of anything (A21)', async () => {
    const { world, texts, ticketId } = await booked({ phone }, inText);
    await at(world, dayBefore);
    const messageId = texts.sent[0]?.messageId ?? '';
    expect(await noteTextReport(world.ports)(messageId, 'undelivered')).toBe('noted');
    expect(await world.ports.operations.outbox.get(messageId)).toMatchObject({ kind: 'text-message', state: 'bounced' });
    expect(await notices(world, ticketId)).toEqual([]);
    await at(world, plusMinutes(dayBefore, 30));
    expect(texts.sent).toHaveLength(1);
  });
});
