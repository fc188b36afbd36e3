import { cancelTicket } from '../../../src/application/booking/cancel-ticket';
import { communicateAnswer, registerRequest } from '../../../src/application/requests/register-request';
import { forgetTicket } from '../../../src/application/privacy/forget';
import { handOverResolution, issueResolution } from '../../../src/application/resolution/issue-resolution';
import { recordFiled } from '../../../src/application/resolution/filing';
import { recordHeld } from '../../../src/application/meeting/hold-meeting';
import { applyRetention, consideredNow, retentionTurn } from '../../../src/application/privacy/retention';
import { defaultRetention, periodOf, type RetentionPeriods } from '../../../src/domain/retention/retention';
import { isRequested } from '../../../src/domain/ticket/state';
import { everyTable, followedTables } from '../../../src/infrastructure/nest/tables';
import { chainOf } from '../../../src/infrastructure/proof/chain-of';
import { catchUp } from '../../../src/projections/kernel/projector';
import { createTestService, type TestService, request } from '../commands/test-service';

const allTables = everyTable(followedTables());

const everything: RetentionPeriods = {
  ...defaultRetention,
  contact: periodOf('P2Y') ?? null,
  names: periodOf('P3Y') ?? null,
  conclusions: periodOf('P10Y') ?? null,
  letters: periodOf('P6M') ?? null,
};

const retainingAt = async (desk: TestService, periods: RetentionPeriods, now?: string) => {
  if (now !== undefined) desk.clock.set(now);
  await catchUp(desk.ports, allTables);
  return { ports: desk.ports, chainOf, periods };
};
const applied = async (desk: TestService, now: string, periods = everything) =>
  applyRetention(await retainingAt(desk, periods, now), { now, by: 'command' });

/** A ticket that was met by phone, resolved, filed and handed over on 9 March 2026. */
const concluded = async () => {
  const desk = createTestService();
  await desk.open();
  const ticketId = await desk.book('phone');
  desk.clock.set('2026-03-09T08:20:00.000Z');
  await desk.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:14:00Z' });
  await desk.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
  await desk.must(recordFiled, { ticketId, documentNumber: '200123' });
  const given = { ticketId, channel: 'pickup', handedOverAt: '2026-03-09T08:20:00Z', proof: 'semnătură' } as const;
  await desk.must(handOverResolution, given);
  return { desk, ticketId };
};
const readable = async (desk: TestService, ticketId: string) => {
  const [state, of] = [await desk.ticket(ticketId), await desk.request()];
  if (!isRequested(state) || of.status === 'unknown') throw new Error('not there');
  const { issued } = state.resolution;
  return {
    contact: (await desk.read(state.contact.name)) !== undefined,
    conclusions: issued !== undefined && (await desk.read(issued.conclusions)) !== undefined,
    names: (await desk.read(of.applicantName)) !== undefined,
  };
};

describe('retention', () => {
  it('by default erases nothing personal, however many years go by', async () => {
    const { desk, ticketId } = await concluded();
    expect(await applied(desk, '2099-01-01T00:00:00.000Z', defaultRetention)).toMatchObject({ erased: 0 });
    expect(await readable(desk, ticketId)).toEqual({ contact: true, conclusions: true, names: true });
  });

  it('erases each class at its own time: letters, who the citizen was, whose request, and in the end what was concluded', async () => {
    const { desk, ticketId } = await concluded();
    await desk.ports.mailer.send({ letterId: 'l1', to: 'a@b.ro', subject: 'x', text: 'x', html: 'x', locale: 'ro', ticketId });
    const noted = { letterId: 'l1', ticketId, kind: 'invitation', state: 'accepted', at: desk.clock.now(), attempts: 1 } as const;
    await desk.ports.operations.outbox.note(noted);
    await desk.must(registerRequest, { ...desk.registered, status: 'closed' });

    expect(await applied(desk, '2026-09-09T20:59:59.000Z')).toMatchObject({ erased: 0 });
    expect(await applied(desk, '2026-09-09T21:00:00.000Z')).toMatchObject({ erased: 1, counts: { letters: { due: 1 } } });
    expect([desk.ports.mailer.letters, await desk.ports.operations.outbox.ofTicket(ticketId)]).toEqual([[], []]);

    expect(await applied(desk, '2028-03-09T21:59:59.000Z')).toMatchObject({ erased: 0 });
    expect(await applied(desk, '2028-03-09T22:00:00.000Z')).toMatchObject({ erased: 1, counts: { contact: { due: 1 } } });
    expect(await readable(desk, ticketId)).toEqual({ contact: false, conclusions: true, names: true });

    expect(await applied(desk, '2029-03-09T22:00:00.000Z')).toMatchObject({ erased: 1, counts: { names: { due: 1 } } });
    expect(await readable(desk, ticketId)).toEqual({ contact: false, conclusions: true, names: false });

    expect(await applied(desk, '2036-03-09T22:00:00.000Z')).toMatchObject({ erased: 1, counts: { conclusions: { due: 1 } } });
    expect(await readable(desk, ticketId)).toEqual({ contact: false, conclusions: false, names: false });
    expect(await applied(desk, '2090-01-01T00:00:00.000Z')).toMatchObject({ erased: 0 });

    const facts = (await desk.ticketFacts(ticketId)).flatMap((fact) =>
      fact.type === 'PersonalDataErased' || fact.type === 'ConclusionsErased' ? [fact] : [],
    );
    expect(await Promise.all(facts.map(async ({ type, data }) => [type, await desk.read(data.reason)]))).toEqual([
      ['PersonalDataErased', expect.stringContaining('contact, P2Y')],
      ['ConclusionsErased', expect.stringContaining('conclusions, P10Y')],
    ]);
    const recorded = [];
    for await (const event of desk.ports.store.read(`ticket-${ticketId}`)) recorded.push(desk.ports.codec.decode(event).actor);
    expect(recorded.slice(-2)).toEqual([
      { kind: 'system', id: 'retention' },
      { kind: 'system', id: 'retention' },
    ]);
  });

  it('a dry run counts and erases nothing', async () => {
    const { desk, ticketId } = await concluded();
    const retaining = await retainingAt(desk, everything, '2028-03-10T00:00:00.000Z');
    expect(await applyRetention(retaining, { now: desk.clock.now(), by: 'command', dryRun: true })).toMatchObject({
      erased: 0,
      counts: { contact: { due: 1 } },
    });
    expect(await readable(desk, ticketId)).toEqual({ contact: true, conclusions: true, names: true });
  });

  describe('never what somebody still has to do with', () => {
    const tenYearsLater = '2046-01-01T00:00:00.000Z';
    const active = async () => {
      const desk = createTestService();
      await desk.open();
      return { desk, ticketId: await desk.book('phone') };
    };

    it('an active ticket, and the name of its request', async () => {
      const { desk, ticketId } = await active();
      const { counts, erased } = await applied(desk, tenYearsLater);
      expect([erased, counts]).toMatchObject([0, { contact: { active: 1 }, names: { active: 1 } }]);
      expect(await readable(desk, ticketId)).toMatchObject({ contact: true, names: true });
    });
    it('broken variant: a rule that calls an active ticket due is caught, here and by the domain', async () => {
      const { desk, ticketId } = await active();
      const retaining = await retainingAt(desk, everything, tenYearsLater);
      const stands = [];
      for await (const one of consideredNow(retaining, desk.clock.now())) stands.push(one);
      // what a careless rule would do: only the time counts
      const careless = stands.map((one) => ({ ...one, standing: 'due' as const }));
      const isDue = (all: readonly { readonly kind: string; readonly standing: string }[]): boolean =>
        all.some(({ kind, standing }) => kind === 'contact' && standing === 'due');
      expect([isDue(stands), isDue(careless)]).toEqual([false, true]);
      expect(await desk.run(forgetTicket, { ticketId, reason: 'fără să întrebe' })).toMatchObject({ code: 'wrong-state' });
      expect(await readable(desk, ticketId)).toMatchObject({ contact: true });
    });
    it('a meeting that was held, and whose resolution is not in the citizen’s hands', async () => {
      const { desk, ticketId } = await active();
      desk.clock.set('2026-03-09T08:20:00.000Z');
      await desk.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:14:00Z' });
      await desk.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
      expect((await applied(desk, tenYearsLater)).counts).toMatchObject({ contact: { unfinished: 1 }, conclusions: { unfinished: 1 } });
    });
    it('a cancelled ticket whose citizen nobody has told yet', async () => {
      const { desk, ticketId } = await active();
      await desk.must(cancelTicket, { ticketId, by: 'staff', reason: 'other', reasonText: 'altfel' });
      expect((await applied(desk, tenYearsLater)).counts.contact).toEqual({ 'open-task': 1 });
    });
    it('the text of a resolution that the register has not got yet', async () => {
      const desk = createTestService();
      await desk.open();
      const ticketId = await desk.book('phone');
      desk.clock.set('2026-03-09T08:20:00.000Z');
      await desk.must(recordHeld, { ticketId, startedAt: '2026-03-09T08:01:00Z', endedAt: '2026-03-09T08:14:00Z' });
      await desk.must(issueResolution, { ticketId, conclusions: 'Lămurit.' });
      await desk.must(handOverResolution, { ticketId, channel: 'pickup', handedOverAt: '2026-03-09T08:20:00Z', proof: 'semnătură' });
      const { counts } = await applied(desk, tenYearsLater);
      expect(Object.keys(counts.conclusions)).not.toContain('due');
    });
    it('a request in operation, and one whose 30 days have not passed long enough ago', async () => {
      const { desk } = await concluded();
      expect((await applied(desk, tenYearsLater)).counts.names).toEqual({ active: 1 });
      const other = createTestService();
      await other.open();
      const answer = { documentNumber: '154997/R1', communicatedOn: '2026-03-02', channel: 'email', answeredBy: 's002' } as const;
      await other.must(communicateAnswer, { request, answer });
      expect((await applied(other, '2029-03-20T00:00:00.000Z')).counts.names).toEqual({ 'not-yet': 1 });
      expect((await applied(other, '2029-05-01T00:00:00.000Z')).counts.names).toEqual({ due: 1 });
    });
  });

  it('once a night after two o’clock, and again where it was interrupted', async () => {
    const { desk, ticketId } = await concluded();
    const { signal } = new AbortController();
    const rest = () => Promise.resolve();
    expect(await retentionTurn(await retainingAt(desk, everything, '2028-03-20T23:59:00.000Z'), signal, rest)).toBe(false);
    const letter = { letterId: 'l1', ticketId, to: 'a@b.ro', subject: 'x', text: 'x', html: 'x', locale: 'ro' } as const;
    await desk.ports.mailer.send(letter);
    const broken = await retainingAt(desk, everything, '2028-03-21T00:01:00.000Z');
    const failing = {
      ...broken,
      ports: { ...desk.ports, mailer: { ...desk.ports.mailer, forget: () => Promise.reject(new Error('full')) } },
    };
    await expect(retentionTurn(failing, signal, rest)).rejects.toThrow('full');
    // what was cut off stands in the log, and the tables read it before the next look
    await catchUp(desk.ports, allTables);
    expect(await retentionTurn(broken, signal, rest)).toBe(true);
    expect(await readable(desk, ticketId)).toMatchObject({ contact: false });
    // the fact and the key were done when it was cut off; the letter is of the next turn
    expect(desk.ports.mailer.letters).toEqual([]);
    expect(await retentionTurn(broken, signal, rest)).toBe(false);
    expect(await retentionTurn(await retainingAt(desk, defaultRetention, '2028-03-22T00:01:00.000Z'), signal, rest)).toBe(false);
  });
});
