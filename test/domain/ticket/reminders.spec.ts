import { nightEndsAt, reminderDue, type ReminderPlan, remindersAfter, remindersOf } from '../../../src/domain/ticket/reminders';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import { ticket } from '../../../src/domain/ticket/ticket';
import { noteReminderLeftOut, noteReminderSent } from '../../../src/domain/ticket/reminders';
import { fold } from '../../../src/domain/kernel/decider';
import { ownRules, type ReminderRules, simulate } from '../../support/reminders/simulated-reminders';
import { booked, nextSlot, requested, rescheduled, scheduled, slot, staffAbsent } from './story';

const usual = policiesWith().reminders.value;
const at = (startsAt: string) => ({ startsAt, endsAt: startsAt });
const dues = (startsAt: string, knownAt: string, policy: PolicyValues['reminders'] = usual): readonly (readonly [number, string])[] =>
  remindersOf(policy, at(startsAt), knownAt).map(({ hoursBefore, dueAt }) => [hoursBefore, dueAt]);
const longBefore = '2026-02-01T08:00:00.000Z';

describe('reminders of a meeting', () => {
  it('given nothing else is set, a day and two hours before, and none between nine in the evening and seven', () => {
    expect(usual).toEqual({ hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00' });
    expect(dues('2026-03-09T08:00:00.000Z', longBefore)).toEqual([
      [24, '2026-03-08T08:00:00.000Z'],
      [2, '2026-03-09T06:00:00.000Z'],
    ]);
  });

  it('what would go out at night goes out half an hour before it, the evening before', () => {
    // 08:30 in Bucharest: two hours before is 06:30
    expect(dues('2026-03-09T06:30:00.000Z', longBefore)).toEqual([
      [24, '2026-03-08T06:30:00.000Z'],
      [2, '2026-03-08T18:30:00.000Z'],
    ]);
    // 09:00: 07:00 is day again
    expect(dues('2026-03-09T07:00:00.000Z', longBefore).at(-1)).toEqual([2, '2026-03-09T05:00:00.000Z']);
  });

  it('and not at all where the meeting was booked after that evening moment', () => {
    expect(dues('2026-03-09T06:30:00.000Z', '2026-03-08T18:29:59.999Z')).toEqual([[2, '2026-03-08T18:30:00.000Z']]);
    expect(dues('2026-03-09T06:30:00.000Z', '2026-03-08T18:30:00.000Z')).toEqual([]);
  });

  it('Art. 8: a meeting booked thirty hours before by agreement gets that of a day, and none of two days', () => {
    const three = { hoursBefore: [48, 24, 2], nightFrom: '21:00', nightUntil: '07:00' };
    expect(dues('2026-03-09T08:00:00.000Z', '2026-03-08T02:00:00.000Z', three).map(([hours]) => hours)).toEqual([24, 2]);
    expect(dues('2026-03-09T08:00:00.000Z', '2026-03-08T08:00:00.000Z', three).map(([hours]) => hours)).toEqual([2]);
  });

  it('hours are elapsed hours, the night is that of the clock on the wall, also when it changes', () => {
    // Sunday, 29 March 2026: the clocks go forward at three; the meeting is on that Sunday at 10:00
    expect(dues('2026-03-29T07:00:00.000Z', longBefore)).toEqual([
      [24, '2026-03-28T07:00:00.000Z'],
      [2, '2026-03-29T05:00:00.000Z'],
    ]);
    // at 08:00 summer time, two hours before is 06:00: the evening before was in winter time
    expect(dues('2026-03-29T05:00:00.000Z', longBefore).at(-1)).toEqual([2, '2026-03-28T18:30:00.000Z']);
  });

  it('Art. 8: whoever gives an address or a number while no hour stands is reminded of the next one', () => {
    const atNoon = '2026-03-09T12:00:00.000Z';
    const { name } = requested().data.contact;
    const silent: TicketFact = { type: 'Requested', data: { ...requested().data, contact: { name } } };
    const stamped = { ...rescheduled('staff', 'hold-2', 'hold-1').data, policies: [policiesWith().reminders] };
    for (const given of [{ email: name }, { phone: name }]) {
      const facts: readonly TicketFact[] = [
        silent,
        staffAbsent,
        { type: 'ContactCorrected', data: { ...given, correctedAt: atNoon } },
        { type: 'Rescheduled', data: stamped },
      ];
      const plan = facts.reduce<ReminderPlan | undefined>((before, fact) => remindersAfter(before, { fact, at: atNoon }), undefined);
      // text messages are not on in this policy
      expect(plan?.open.map(({ hoursBefore }) => hoursBefore)).toEqual('email' in given ? [24, 2] : []);
      expect(plan).toMatchObject({ slot: nextSlot, ...('phone' in given ? { channel: 'text-message' } : {}) });
    }
  });

  it('a night ends in its morning, also where nobody is reminded; by day there is none', () => {
    for (const policies of [policiesWith(), policiesWith({ reminders: { value: null, version: 2 } })]) {
      expect(nightEndsAt(policies, '2026-03-08T18:59:59.999Z')).toBeUndefined();
      expect(nightEndsAt(policies, '2026-03-08T19:00:00.000Z')).toBe('2026-03-09T05:00:00.000Z');
      expect(nightEndsAt(policies, '2026-03-09T04:59:59.999Z')).toBe('2026-03-09T05:00:00.000Z');
      expect(nightEndsAt(policies, '2026-03-09T05:00:00.000Z')).toBeUndefined();
    }
    const none = { value: { hoursBefore: [2], nightFrom: '07:00', nightUntil: '07:00' }, version: 2 } as const;
    expect(nightEndsAt(policiesWith({ reminders: none }), '2026-03-09T02:00:00.000Z')).toBeUndefined();
  });

  it('of two that fall into one night the one nearer to the meeting is sent', () => {
    expect(dues('2026-03-09T08:00:00.000Z', longBefore, { hoursBefore: [12, 11], nightFrom: '21:00', nightUntil: '07:00' })).toEqual([
      [11, '2026-03-08T18:30:00.000Z'],
    ]);
  });

  it('one is too late once half of its time has gone by, and when the night begins', () => {
    const [dayBefore, twoHours] = remindersOf(usual, at('2026-03-09T08:00:00.000Z'), longBefore);
    // due at ten in the morning: until nine in the evening, which is sooner than twelve hours
    expect(dayBefore?.uselessAt).toBe('2026-03-08T19:00:00.000Z');
    expect(twoHours?.uselessAt).toBe('2026-03-09T07:00:00.000Z');
    expect(remindersOf(usual, at('2026-03-09T06:30:00.000Z'), longBefore).at(-1)?.uselessAt).toBe('2026-03-08T19:00:00.000Z');
  });

  it('given nobody was there for a day, that of a day is left out an hour before, and that of two hours is sent', () => {
    const plan = { slot: at('2026-03-09T08:00:00.000Z'), open: remindersOf(usual, at('2026-03-09T08:00:00.000Z'), longBefore), sent: [] };
    expect(reminderDue(plan, '2026-03-08T07:59:59.999Z')).toBeUndefined();
    expect(reminderDue(plan, '2026-03-08T08:00:00.000Z')).toMatchObject({ kind: 'send', reminder: { hoursBefore: 24 } });
    expect(reminderDue(plan, '2026-03-08T18:59:59.999Z')).toMatchObject({ kind: 'send' });
    expect(reminderDue(plan, '2026-03-09T06:30:00.000Z')).toMatchObject({ kind: 'too-late', reminder: { hoursBefore: 24 } });
    expect(reminderDue({ ...plan, open: plan.open.slice(1) }, '2026-03-09T06:30:00.000Z')).toMatchObject({ kind: 'send' });
  });

  it('none where the policy is off, and none of what was booked before there was one', () => {
    expect(dues('2026-03-09T08:00:00.000Z', longBefore, null)).toEqual([]);
    const plan = [requested(), scheduled()].reduce<ReminderPlan | undefined>(
      (known, fact) => remindersAfter(known, { fact, at: longBefore }),
      undefined,
    );
    expect(plan?.open).toEqual([]);
  });

  it('what was said of an hour is not said again when the meeting comes back to it, whatever the policy has become', () => {
    const { reminders, 'lead-time': leadTime } = policiesWith();
    const place = { slot, policies: [leadTime, reminders] };
    const moved = { type: 'Rescheduled', data: { ...rescheduled('citizen', 'hold-2', 'hold-1').data, ...place } } as const;
    const said = { type: 'ReminderSent', data: { letterId: 'l1', hoursBefore: 24, slot, acceptedAt: longBefore } } as const;
    const plan = [requested(), { type: 'Scheduled', data: { ...scheduled().data, ...place } } as const, said, moved].reduce<
      ReminderPlan | undefined
    >((known, fact) => remindersAfter(known, { fact, at: longBefore }), undefined);
    expect(plan?.open.map(({ hoursBefore }) => hoursBefore)).toEqual([2]);
  });

  it('what is noted of an hour that the meeting has left takes nothing from the new one', () => {
    const policies = [policiesWith().reminders];
    const leftOut = { hoursBefore: 24, slot, cause: 'too-late', leftOutAt: longBefore } as const;
    const noted = { type: 'ReminderLeftOut', data: leftOut } as const;
    const moved = { type: 'Rescheduled', data: { ...rescheduled('citizen', 'hold-2', 'hold-1').data, slot: nextSlot, policies } } as const;
    const before = [requested(), { type: 'Scheduled', data: { ...scheduled().data, slot, policies } } as const];
    const openAfter = (facts: readonly TicketFact[]) =>
      facts
        .reduce<ReminderPlan | undefined>((known, fact) => remindersAfter(known, { fact, at: longBefore }), undefined)
        ?.open.map(({ hoursBefore }) => hoursBefore);
    expect(openAfter([...before, moved, noted])).toEqual([24, 2]);
    expect(openAfter([...before, noted])).toEqual([2]);
  });

  describe('once another address or number holds (GDPR 16)', () => {
    const value = { hoursBefore: [24, 2], nightFrom: '21:00', nightUntil: '07:00', textMessages: true } as const;
    const policies = [policiesWith({ reminders: { value, version: 2 } }).reminders];
    const { email, phone, ...nobody } = requested().data.contact;
    const asked = (contact: object) =>
      ({ type: 'Requested', data: { ...requested().data, contact: { ...nobody, ...contact } } }) as TicketFact;
    const booking = { type: 'Scheduled', data: { ...scheduled().data, slot, policies } } as const;
    const corrected = (given: object) =>
      ({ type: 'ContactCorrected', data: { correctedAt: longBefore, slot, policies, ...given } }) as TicketFact;
    const planAfter = (...facts: readonly TicketFact[]) =>
      facts.reduce<ReminderPlan | undefined>((known, fact) => remindersAfter(known, { fact, at: longBefore }), undefined);
    const hoursOf = (plan: ReminderPlan | undefined) => plan && [plan.channel, ...plan.open.map(({ hoursBefore }) => hoursBefore)];

    it('whoever had an address goes on being written to; with a number alone it is by text message, and by letter once there is an address', () => {
      expect(hoursOf(planAfter(asked({ email, phone }), booking, corrected({ phone })))).toEqual([undefined, 24, 2]);
      expect(hoursOf(planAfter(asked({ phone }), booking))).toEqual(['text-message', 24, 2]);
      expect(hoursOf(planAfter(asked({ phone }), booking, corrected({ phone })))).toEqual(['text-message', 24, 2]);
      expect(hoursOf(planAfter(asked({ phone }), booking, corrected({ email })))).toEqual([undefined, 24, 2]);
    });

    it('whoever had neither is reminded from there on, and of the next hour where no meeting stands', () => {
      expect(planAfter(asked({}), booking)).toBeUndefined();
      expect(hoursOf(planAfter(asked({}), booking, corrected({ phone })))).toEqual(['text-message', 24, 2]);
      expect(hoursOf(planAfter(asked({}), booking, corrected({ email })))).toEqual([undefined, 24, 2]);
      expect(hoursOf(planAfter(asked({}), booking, corrected({ email, slot: undefined })))).toEqual([undefined]);
      expect(hoursOf(planAfter(asked({ phone }), corrected({ email, slot: undefined })))).toEqual([undefined]);
    });

    it('what was said is not said again in another way', () => {
      const said = { type: 'ReminderSent', data: { letterId: 'l1', hoursBefore: 24, slot, acceptedAt: longBefore } } as const;
      expect(hoursOf(planAfter(asked({ phone }), booking, said, corrected({ email })))).toEqual([undefined, 2]);
    });
  });

  it('is noted once as sent, and then not as left out', () => {
    const state = fold(ticket, booked('online'));
    const sent = { letterId: 'l1', hoursBefore: 24, slot, acceptedAt: longBefore };
    const leftOut = { hoursBefore: 24, slot, cause: 'too-late', leftOutAt: longBefore } as const;
    const noted = fold(ticket, [{ type: 'ReminderSent', data: sent }], state);
    expect(noteReminderSent(sent, state)).toEqual({ kind: 'accepted', facts: [{ type: 'ReminderSent', data: sent }] });
    expect(noteReminderSent({ ...sent, letterId: 'l2' }, noted)).toEqual({ kind: 'accepted', facts: [] });
    expect(noteReminderLeftOut(leftOut, noted)).toEqual({ kind: 'accepted', facts: [] });
    const another = { type: 'ReminderLeftOut', data: { ...leftOut, hoursBefore: 2 } } as const;
    expect(noteReminderLeftOut(leftOut, fold(ticket, [another], noted))).toEqual({ kind: 'accepted', facts: [] });
    expect(noteReminderLeftOut(leftOut, state)).toEqual({ kind: 'accepted', facts: [{ type: 'ReminderLeftOut', data: leftOut }] });
    expect(noteReminderLeftOut({ ...leftOut, slot: nextSlot }, noted)).toMatchObject({ facts: [{ type: 'ReminderLeftOut' }] });
    expect(noteReminderSent(sent, ticket.initial)).toMatchObject({ code: 'not-found' });
    expect(noteReminderLeftOut(leftOut, ticket.initial)).toMatchObject({ code: 'not-found' });
  });
});

const after =
  (
    change: (plan: ReminderPlan | undefined, told: Parameters<typeof remindersAfter>[1]) => ReminderPlan | undefined,
  ): ReminderRules['after'] =>
  (plan, told) =>
    change(plan, told);

/** Each breaks one sentence of what the policy says. */
const broken: Readonly<Record<string, ReminderRules>> = {
  'the hour that was left is still reminded of': {
    ...ownRules,
    after: after((plan, told) => (told.fact.type === 'Rescheduled' && plan && plan.open.length > 0 ? plan : remindersAfter(plan, told))),
  },
  'what was cancelled is reminded of': {
    ...ownRules,
    after: after((plan, told) => (told.fact.type === 'Cancelled' ? plan : remindersAfter(plan, told))),
  },
  'what was erased is reminded of': {
    ...ownRules,
    after: after((plan, told) => (told.fact.type === 'PersonalDataErased' ? plan : remindersAfter(plan, told))),
  },
  'whoever gave no address is written to': {
    ...ownRules,
    after: after((plan, told) => (told.fact.type === 'Requested' ? { open: [], sent: [] } : remindersAfter(plan, told))),
  },
  'whoever gave a number alone is sent a text message that no policy asks for': {
    ...ownRules,
    after: after((plan, told) => {
      const next = remindersAfter(plan, told);
      return next && { open: next.open, sent: next.sent, ...(next.slot === undefined ? {} : { slot: next.slot }) };
    }),
  },
  'what was sent stays to be sent': {
    ...ownRules,
    after: after((plan, told) => {
      const next = remindersAfter(plan, told);
      return told.fact.type === 'ReminderSent' && plan && next && plan.open.length === 1 ? { ...plan, open: plan.open.slice(0, 1) } : next;
    }),
  },
  'one that was sent takes the next one with it': {
    ...ownRules,
    after: after((plan, told) => {
      const next = remindersAfter(plan, told);
      return told.fact.type === 'ReminderSent' && next ? { ...next, open: next.open.slice(1) } : next;
    }),
  },
  'a colleague who steps in reminds anew': {
    ...ownRules,
    after: after((plan, told) =>
      told.fact.type === 'Reassigned' && plan?.slot
        ? { ...plan, open: remindersOf(usual, plan.slot, longBefore) }
        : remindersAfter(plan, told),
    ),
  },
  'what had passed at the booking is sent all the same': {
    ...ownRules,
    after: after((plan, told) => remindersAfter(plan, { ...told, at: told.fact.type === 'Scheduled' ? longBefore : told.at })),
  },
  'what stood at the very moment of the booking is sent': {
    ...ownRules,
    after: after((plan, told) =>
      remindersAfter(plan, { ...told, at: new Date(Date.parse(told.at) - (told.fact.type === 'Scheduled' ? 1 : 0)).toISOString() }),
    ),
  },
  'nothing is ever too late': {
    ...ownRules,
    due: (plan, now) => {
      const due = reminderDue(plan, now);
      return due && { ...due, kind: 'send' };
    },
  },
  'one may leave at the moment at which it is too late': {
    ...ownRules,
    due: (plan, now) => {
      const due = reminderDue(plan, now);
      return due?.reminder.uselessAt === now ? { ...due, kind: 'send' } : due;
    },
  },
  'the night counts as day': {
    ...ownRules,
    after: after((plan, { fact, at: told }) => {
      const next = remindersAfter(plan, { fact, at: told });
      if (!('policies' in fact.data) || next?.slot === undefined) return next;
      const [stamp] = fact.data.policies ?? [];
      const value = stamp?.name === 'reminders' ? stamp.value : null;
      return { ...next, open: remindersOf(value && { ...value, nightUntil: value.nightFrom }, next.slot, told) };
    }),
  },
};

describe('twenty thousand meetings with moves, cancellations, crashes and outages', () => {
  it('no reminder is wrong, missing or double', () => {
    const { sent, leftOut, wrong } = simulate(20_000, 18);
    expect(wrong).toEqual([]);
    expect(sent).toBeGreaterThan(20_000);
    expect(leftOut).toBeGreaterThan(500);
  });

  it.each(Object.entries(broken))('it is found that %s', (_, rules) => {
    expect(simulate(20_000, 18, rules, 1).wrong).toHaveLength(1);
  });
});
