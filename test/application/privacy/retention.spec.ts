import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { communicateAnswer, registerRequest } from '../../../src/application/requests/register-request';
import { forgetTicket } from '../../../src/application/privacy/forget';
import { handOverResolution, issueResolution } from '../../../src/application/resolution/issue-resolution';
import { recordFiled } from '../../../src/application/resolution/filing';
import { recordHeld } from '../../../src/application/meeting/hold-meeting';
import {
  applyRetention,
  confirmRetention,
  consideredNow,
  noteNewInstallation,
  retentionConfirmed,
  retentionTurn,
} from '../../../src/application/privacy/retention';
import type { Asker, Role } from '../../../src/application/kernel/access';
import { commandOf } from '../../../src/application/kernel/execute';
import { recordReading } from '../../../src/application/privacy/record-reading';
import { defaultRetention, periodOf, type RetentionPeriods } from '../../../src/domain/retention/retention';
import type { SelectionMinute } from '../../../src/domain/ticket/erasure';
import { isRequested } from '../../../src/domain/ticket/ticket';
import { everyTable, followedTables } from '../../../src/infrastructure/nest/tables';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { createTestService, type TestService, request } from '../kernel/test-service';

const official = (role: Role): Asker => ({ kind: 'official', role, person: `p.${role}` });

const allTables = everyTable(followedTables());

const everything: RetentionPeriods = { ...defaultRetention, conclusions: periodOf('P10Y') ?? null };
const never: RetentionPeriods = { ...defaultRetention, contact: null, names: null, letters: null, outbox: null, readings: null };

/** Of the selection commission: without it a resolution whose period has passed waits. */
const minute = { number: '3', date: '2036-03-01' };

const retainingAt = async (service: TestService, periods: RetentionPeriods, now?: string) => {
  if (now !== undefined) service.clock.set(now);
  await catchUp(service.ports, allTables);
  return { ports: service.ports, chainOf, periods };
};
const applied = async (service: TestService, now: string, periods = everything, under: { readonly minute?: SelectionMinute } = {}) =>
  applyRetention({ ...(await retainingAt(service, periods, now)), ...under }, { now, by: 'command' });

/** A service whose tables follow the log where an act waits for them, as those of a running one do. */
const followed = (): TestService => {
  const service = createTestService();
  const { readModels } = service.ports;
  const reached = readModels.reached.bind(readModels);
  jest.spyOn(readModels, 'reached').mockImplementation(async (...asked) => {
    await catchUp(service.ports, allTables);
    return reached(...asked);
  });
  return service;
};

/** A ticket that was met by phone, resolved, filed and handed over on 9 March 2026. */
const concluded = async ({ madeBefore = false } = {}) => {
  const service = followed();
  if (!madeBefore) await noteNewInstallation(service.ports);
  await service.open();
  const ticketId = await service.book('phone');
  service.clock.set('2026-03-09T08:20:00.000Z');
  await service.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:14:00Z' });
  await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
  await service.must(recordFiled, { ticketId, documentNumber: '200123' });
  const given = { ticketId, channel: 'pickup', handedOverAt: '2026-03-09T08:20:00Z', proof: 'semnătură' } as const;
  await service.must(handOverResolution, given);
  return { service, ticketId };
};
const readable = async (service: TestService, ticketId: string) => {
  const [state, of] = [await service.ticket(ticketId), await service.request()];
  if (!isRequested(state) || of.status === 'unknown') throw new Error('not there');
  const { issued } = state.resolution;
  return {
    contact: (await service.read(state.contact.name)) !== undefined,
    conclusions: issued !== undefined && (await service.read(issued.conclusions)) !== undefined,
    names: (await service.read(of.applicantName)) !== undefined,
  };
};

describe('retention', () => {
  it('erases nothing personal where somebody has chosen never, however many years go by', async () => {
    const { service, ticketId } = await concluded();
    expect(await applied(service, '2099-01-01T00:00:00.000Z', never)).toMatchObject({ erased: 0 });
    expect(await readable(service, ticketId)).toEqual({ contact: true, conclusions: true, names: true });
  });

  it('as it is shipped, leaves in the end the text of the resolution', async () => {
    const { service, ticketId } = await concluded();
    await service.must(registerRequest, { ...service.registered, status: 'closed' });
    expect(await applied(service, '2099-01-01T00:00:00.000Z', defaultRetention)).toMatchObject({ erased: 2 });
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: true, names: false });
  });

  it('erases each class at its own time: letters, who the citizen was, whose request, and in the end what was concluded', async () => {
    const { service, ticketId } = await concluded();
    await service.ports.mailer.send({ letterId: 'l1', to: 'a@b.ro', subject: 'x', text: 'x', html: 'x', locale: 'ro', ticketId });
    const noted = { letterId: 'l1', ticketId, kind: 'invitation', state: 'accepted', at: service.clock.now(), attempts: 1 } as const;
    await service.ports.operations.outbox.note(noted);
    await service.must(registerRequest, { ...service.registered, status: 'closed' });

    expect(await applied(service, '2026-09-09T20:59:59.000Z')).toMatchObject({ erased: 0 });
    expect(await applied(service, '2026-09-09T21:00:00.000Z')).toMatchObject({ erased: 1, counts: { letters: { due: 1 } } });
    // what became of letters only: the letter itself is of the class `outbox`
    expect([service.ports.mailer.letters.length, await service.ports.operations.outbox.ofTicket(ticketId)]).toEqual([1, []]);

    expect(await applied(service, '2028-03-09T21:59:59.000Z')).toMatchObject({ erased: 0 });
    expect(await applied(service, '2028-03-09T22:00:00.000Z')).toMatchObject({ erased: 1, counts: { contact: { due: 1 } } });
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: true, names: true });

    expect(await applied(service, '2029-03-09T22:00:00.000Z')).toMatchObject({ erased: 1, counts: { names: { due: 1 } } });
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: true, names: false });

    // Legea 16/1996, art. 9–12: nobody destroys an archive document by a clock
    const waiting = { erased: 0, counts: { conclusions: { 'awaits-minute': 1 } } };
    expect(await applied(service, '2036-03-09T22:00:00.000Z')).toMatchObject(waiting);
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: true, names: false });
    expect(await applied(service, '2036-03-09T22:00:00.000Z', everything, { minute })).toMatchObject({
      erased: 1,
      counts: { conclusions: { due: 1 } },
    });
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: false, names: false });
    expect(await applied(service, '2090-01-01T00:00:00.000Z')).toMatchObject({ erased: 0 });

    const facts = (await service.ticketFacts(ticketId)).flatMap((fact) =>
      fact.type === 'PersonalDataErased' || fact.type === 'ConclusionsErased' ? [fact] : [],
    );
    expect(await Promise.all(facts.map(async ({ type, data }) => [type, await service.read(data.reason)]))).toEqual([
      ['PersonalDataErased', expect.stringContaining('contact, P2Y')],
      ['ConclusionsErased', expect.stringContaining('conclusions, P10Y')],
    ]);
    const recorded = [];
    for await (const event of service.ports.store.read(`ticket-${ticketId}`)) recorded.push(service.ports.codec.decode(event).actor);
    expect(recorded.slice(-2)).toEqual([
      { kind: 'system', id: 'retention' },
      { kind: 'system', id: 'retention' },
    ]);
  });

  it('a dry run counts and erases nothing', async () => {
    const { service, ticketId } = await concluded();
    const retaining = await retainingAt(service, everything, '2028-03-10T00:00:00.000Z');
    expect(await applyRetention(retaining, { now: service.clock.now(), by: 'command', dryRun: true })).toMatchObject({
      erased: 0,
      counts: { contact: { due: 1 } },
    });
    expect(await readable(service, ticketId)).toEqual({ contact: true, conclusions: true, names: true });
  });

  describe('never what somebody still has to do with', () => {
    const tenYearsLater = '2046-01-01T00:00:00.000Z';
    const active = async () => {
      const service = followed();
      await noteNewInstallation(service.ports);
      await service.open();
      return { service, ticketId: await service.book('phone') };
    };

    it('an active ticket, and the name of its request', async () => {
      const { service, ticketId } = await active();
      const { counts, erased } = await applied(service, tenYearsLater);
      expect([erased, counts]).toMatchObject([0, { contact: { active: 1 }, names: { active: 1 } }]);
      expect(await readable(service, ticketId)).toMatchObject({ contact: true, names: true });
    });
    it('broken variant: a rule that calls an active ticket due is caught, here and by the domain', async () => {
      const { service, ticketId } = await active();
      const retaining = await retainingAt(service, everything, tenYearsLater);
      const stands = [];
      for await (const one of consideredNow(retaining, service.clock.now())) stands.push(one);
      // what a careless rule would do: only the time counts
      const careless = stands.map((one) => ({ ...one, standing: 'due' as const }));
      const isDue = (all: readonly { readonly kind: string; readonly standing: string }[]): boolean =>
        all.some(({ kind, standing }) => kind === 'contact' && standing === 'due');
      expect([isDue(stands), isDue(careless)]).toEqual([false, true]);
      expect(await service.run(forgetTicket, { ticketId, reason: 'fără să întrebe' })).toMatchObject({ code: 'wrong-state' });
      expect(await readable(service, ticketId)).toMatchObject({ contact: true });
    });
    it('a meeting that was held, and whose resolution is not in the citizen’s hands', async () => {
      const { service, ticketId } = await active();
      service.clock.set('2026-03-09T08:20:00.000Z');
      await service.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:14:00Z' });
      await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
      expect((await applied(service, tenYearsLater)).counts).toMatchObject({ contact: { unfinished: 1 }, conclusions: { unfinished: 1 } });
    });
    it('a cancelled ticket whose citizen nobody has told yet', async () => {
      const { service, ticketId } = await active();
      await service.must(cancelTicket, { ticketId, by: 'staff', reason: 'other', reasonText: 'altfel' });
      expect((await applied(service, tenYearsLater)).counts.contact).toEqual({ 'open-task': 1 });
    });
    it('the text of a resolution that the register has not got yet', async () => {
      const service = followed();
      await noteNewInstallation(service.ports);
      await service.open();
      const ticketId = await service.book('phone');
      service.clock.set('2026-03-09T08:20:00.000Z');
      await service.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:14:00Z' });
      await service.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
      await service.must(handOverResolution, { ticketId, channel: 'pickup', handedOverAt: '2026-03-09T08:20:00Z', proof: 'semnătură' });
      const { counts } = await applied(service, tenYearsLater);
      expect(Object.keys(counts.conclusions)).not.toContain('due');
    });
    it('a request in operation, and one whose 30 days have not passed long enough ago', async () => {
      const { service } = await concluded();
      expect((await applied(service, tenYearsLater)).counts.names).toEqual({ active: 1 });
      const other = followed();
      await other.open();
      const answer = { documentNumber: '154997/R1', communicatedOn: '2026-03-02', channel: 'email', answeredBy: 's002' } as const;
      await other.must(communicateAnswer, { request, answer });
      expect((await applied(other, '2029-03-20T00:00:00.000Z')).counts.names).toEqual({ 'not-yet': 1 });
      expect((await applied(other, '2029-05-01T00:00:00.000Z')).counts.names).toEqual({ due: 1 });
    });
  });

  it('once a night after two o’clock, and again where it was interrupted', async () => {
    const { service, ticketId } = await concluded();
    const { signal } = new AbortController();
    const rest = () => Promise.resolve();
    expect(await retentionTurn(await retainingAt(service, everything, '2028-03-20T23:59:00.000Z'), signal, rest)).toBe(false);
    const letter = { letterId: 'l1', ticketId, to: 'a@b.ro', subject: 'x', text: 'x', html: 'x', locale: 'ro' } as const;
    await service.ports.mailer.send(letter);
    const broken = await retainingAt(service, everything, '2028-03-21T00:01:00.000Z');
    const failing = {
      ...broken,
      ports: { ...service.ports, mailer: { ...service.ports.mailer, forget: () => Promise.reject(new Error('full')) } },
    };
    await expect(retentionTurn(failing, signal, rest)).rejects.toThrow('full');
    // what was cut off stands in the log, and the tables read it before the next look
    await catchUp(service.ports, allTables);
    expect(await retentionTurn(broken, signal, rest)).toBe(true);
    expect(await readable(service, ticketId)).toMatchObject({ contact: false });
    // the fact and the key were done when it was cut off; the letter is of the next turn
    expect(service.ports.mailer.letters).toEqual([]);
    expect(await retentionTurn(broken, signal, rest)).toBe(false);
    expect(await retentionTurn(await retainingAt(service, never, '2028-03-22T00:01:00.000Z'), signal, rest)).toBe(false);
  });
});

describe('letters that lie as files', () => {
  it('are due by when they were written, whatever became of their ticket, and only once their days are over', async () => {
    const { service } = await concluded();
    const asked: string[] = [];
    const kept = {
      count: (before: string) => Promise.resolve(asked.push(`count ${before}`)),
      erase: (before: string) => Promise.resolve(asked.push(`erase ${before}`)),
    };
    const now = '2026-04-20T01:00:00.000Z';
    const retaining = await retainingAt(service, defaultRetention, now);
    const withFiles = { ...retaining, ports: { ...service.ports, mailer: { ...service.ports.mailer, kept } } };
    expect(await applyRetention(withFiles, { now, by: 'command', dryRun: true })).toMatchObject({
      erased: 0,
      counts: { outbox: { due: 1 } },
    });
    expect(await applyRetention(withFiles, { now, by: 'command' })).toMatchObject({ erased: 2, counts: { outbox: { due: 2 } } });
    await applyRetention({ ...withFiles, periods: never }, { now, by: 'command' });
    expect(asked).toEqual(['count 2026-03-20T22:00:00.000Z', 'erase 2026-03-20T22:00:00.000Z']);
  });
});

describe('who looked', () => {
  it('is erased five years after it was recorded, day by day; that somebody did stays', async () => {
    const { service, ticketId } = await concluded();
    const { ports } = service;
    const read = { role: 'head', purpose: 'meetings', page: 'page', tickets: [ticketId], requests: [], person: 's009' } as const;
    const look = async (pseudonym: string, readAt: string): Promise<void> => {
      service.clock.set(readAt);
      await recordReading(ports)({ ...read, readingId: pseudonym, pseudonym, readAt });
    };
    await look('p1', '2026-03-10T08:00:00.000Z');
    await look('p2', '2026-03-11T08:00:00.000Z');
    const known = async () => {
      const found: (string | undefined)[] = [];
      for await (const recorded of ports.store.readAll()) {
        const { fact } = ports.codec.decode(recorded);
        if (fact.type === 'PersonalDataRead') found.push(await ports.personalData.open(fact.data.person));
      }
      return found;
    };
    const only = { ...never, readings: defaultRetention.readings };
    expect(await applied(service, '2031-03-10T21:59:59.000Z', only)).toMatchObject({ erased: 0 });
    const dry = await retainingAt(service, only, '2031-03-10T22:00:00.000Z');
    const { counts } = await applyRetention(dry, { now: service.clock.now(), by: 'command', dryRun: true });
    expect([counts.readings, await known()]).toEqual([{ due: 1 }, ['s009', 's009']]);
    expect(await applied(service, '2031-03-10T22:00:00.000Z', only)).toMatchObject({ erased: 1, counts: { readings: { due: 1 } } });
    expect(await known()).toEqual([undefined, 's009']);
    expect(await applied(service, '2031-03-11T23:00:00.000Z', only)).toMatchObject({ erased: 1 });
    expect(await known()).toEqual([undefined, undefined]);
  });

  it('is erased in time whatever clock stood wrong meanwhile, and whatever store the log came from', async () => {
    const { service, ticketId } = await concluded();
    const { ports } = service;
    const read = { role: 'head', purpose: 'meetings', page: 'page', tickets: [ticketId], requests: [] } as const;
    const days = ['2026-03-10', '2040-11-24', '2026-03-11'];
    for (const [place, day] of days.entries()) {
      const readAt = `${day}T08:00:00.000Z`;
      await recordReading(ports)({ ...read, person: 's009', readingId: `r${place}`, pseudonym: `p${place}`, readAt });
    }
    // the position of an event in a store that counts higher
    await ports.operations.keyValues.put('retention-readings-until', 'C:99999999999999999999/P:99999999999999999999');
    const only = { ...never, readings: defaultRetention.readings };
    expect(await applied(service, '2033-01-01T08:00:00.000Z', only)).toMatchObject({ erased: 2 });
    const left: (string | undefined)[] = [];
    for (const [place, day] of days.entries())
      for await (const recorded of ports.store.read(`reading-p${place}_${day}`))
        left.push(await ports.personalData.open(ports.codec.decodeOf('reading', recorded).fact.data.person));
    expect(left).toEqual([undefined, 's009', undefined]);
    expect(await applied(service, '2033-01-02T08:00:00.000Z', only)).toMatchObject({ erased: 0 });
  });
});

describe('what a crash cut off', () => {
  it('is done to its end where its fact stands, and considered anew, by the periods of now, where it does not', async () => {
    const { service, ticketId } = await concluded();
    const { keyValues } = service.ports.operations;
    const underWay = 'retention-under-way-command';
    await keyValues.put(underWay, `contact ${ticketId}`);
    expect(await applied(service, '2029-03-10T08:00:00.000Z', never)).toMatchObject({ erased: 0 });
    expect([(await readable(service, ticketId)).contact, await keyValues.get(underWay)]).toEqual([true, undefined]);
  });
});

describe('an installation that was made before periods were shipped', () => {
  const { signal } = new AbortController();
  const rest = () => Promise.resolve();
  const night = '2029-03-21T01:00:00.000Z';

  const older = async () => {
    const { service, ticketId } = await concluded({ madeBefore: true });
    await service.must(registerRequest, { ...service.registered, status: 'closed' });
    // a start with this version finds data there
    await noteNewInstallation(service.ports);
    const warned: string[] = [];
    const logger = { ...service.ports.logger, warn: (event: string) => void warned.push(event) };
    const at = async (now: string, periods: RetentionPeriods = defaultRetention) => {
      const retaining = await retainingAt(service, periods, now);
      return { ...retaining, ports: { ...retaining.ports, logger } };
    };
    return { service, ticketId, warned, at };
  };

  it('is what an installation counts as whose disk could not take the mark: it starts, says so, and erases nothing', async () => {
    const { ports } = followed();
    const warned: string[] = [];
    const keyValues = { ...ports.operations.keyValues, put: () => Promise.reject(new Error('full')) };
    const logger = { ...ports.logger, warn: (event: string) => void warned.push(event) };
    await noteNewInstallation({ ...ports, logger, operations: { ...ports.operations, keyValues } });
    expect([warned, await retentionConfirmed(ports)]).toEqual([['retention.not-marked'], false]);
  });

  it('erases nothing, in no night and by no command, until a person has confirmed what is due, and then in the next night', async () => {
    const { service, ticketId, warned, at } = await older();
    const all = { contact: true, conclusions: true, names: true };
    expect(await retentionTurn(await at(night), signal, rest)).toBe(false);
    expect(await retentionTurn(await at(night), signal, rest)).toBe(false);
    expect(await applyRetention(await at(night), { now: night, by: 'command' })).toMatchObject({
      erased: 0,
      unconfirmed: true,
      counts: { contact: { due: 1 }, names: { due: 1 } },
    });
    expect([await readable(service, ticketId), warned]).toEqual([all, ['retention.unconfirmed']]);

    const due = [
      { class: 'contact', subject: ticketId },
      { class: 'names', subject: `${request.number}_${request.filedOn}` },
    ];
    const asked = commandOf({ kind: 'command-line', person: 'p.test' }, 'confirm', night);
    expect(await confirmRetention(await at(night), asked, { yes: false })).toMatchObject({ outcome: 'left', due, total: 2 });
    expect(await retentionTurn(await at(night), signal, rest)).toBe(false);
    for (const asker of [{ kind: 'everybody' }, official('registry'), official('auditor')] as const)
      expect(await confirmRetention(await at(night), commandOf(asker, 'c', night), { yes: true })).toMatchObject({ code: 'forbidden' });
    expect(await confirmRetention(await at(night), asked, { yes: true, seen: 1 })).toMatchObject({ outcome: 'changed', total: 2 });
    expect(await retentionTurn(await at(night), signal, rest)).toBe(false);
    expect(await confirmRetention(await at(night), commandOf(official('admin'), 'c', night), { yes: true, seen: 2 })).toMatchObject({
      outcome: 'confirmed',
      due,
    });
    expect(await confirmRetention(await at(night), asked, { yes: true })).toMatchObject({ outcome: 'already' });
    expect([await retentionTurn(await at(night), signal, rest), await readable(service, ticketId)]).toEqual([false, all]);
    expect(await retentionTurn(await at('2029-03-22T01:00:00.000Z'), signal, rest)).toBe(true);
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: true, names: false });
  });

  it('confirms nothing while the tables are behind the log: the list would not be whole', async () => {
    const { service, at } = await older();
    const retaining = await at(night);
    const behind = new Proxy(service.ports.readModels, {
      get: (target, name) => (name === 'reached' ? () => Promise.resolve(false) : Reflect.get(target, name).bind(target)),
    });
    const unread = { ...retaining, ports: { ...retaining.ports, readModels: behind } };
    expect(await confirmRetention(unread, commandOf({ kind: 'host' }, 'c', night), { yes: true })).toMatchObject({ outcome: 'unread' });
    expect(await confirmRetention(await at(night), commandOf({ kind: 'host' }, 'c', night), { yes: false })).toMatchObject({
      outcome: 'left',
    });
  });

  it('broken variant: one that is taken for new erases everybody in its first night', async () => {
    const { service, ticketId, at } = await older();
    await service.ports.operations.keyValues.put('retention-confirmed', 'taken for new');
    expect(await retentionTurn(await at(night), signal, rest)).toBe(true);
    expect(await readable(service, ticketId)).toEqual({ contact: false, conclusions: true, names: false });
  });
});
