import type { ReportingRow, ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import type { TicketFactsRow } from '../../../src/application/kernel/ports/tables';
import type { Actor, Instant } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { ticketNoticesTable } from '../../../src/projections/reporting/notices';
import { ticketChangesTable } from '../../../src/projections/reporting/ticket-changes';
import { ticketsTable } from '../../../src/projections/reporting/tickets';
import { ticketFacts } from '../../../src/projections/ticket-facts/ticket-facts';
import {
  cancelledHistory,
  citizenAbsentHistory,
  lapsedHistory,
  modeChangedHistory,
  onlineHistory,
  phoneHistory,
  reassignedHistory,
  rescheduledHistory,
  staffAbsentHistory,
} from '../../support/histories';
import { domainEvents, type History, historyOf } from '../../support/history';
import { begin, lifeOf, untilTheHour } from '../../support/lives';
import { booked, held, resolved } from '../../support/chapters';
import { bookingFor, clerk, defaultPlot, letters, requestIdentity, stamps, type TicketEntry } from '../../support/plot';
import { foldedBy, rowsOf, tableOf } from '../../support/reporting-tables';
import { factsAt } from '../../infrastructure/web/figures/rows';

const longAfter = '2028-01-01T00:00:00.000Z';
const rowsAfter = (table: ReportingTable<TicketFactsRow>, history: History): Promise<readonly ReportingRow[]> =>
  tableOf(table, foldedBy(ticketFacts, domainEvents(history)), longAfter);
const ticketAfter = async (history: History): Promise<ReportingRow> => (await rowsAfter(ticketsTable, history))[0] ?? {};
const changesAfter = (history: History) => rowsAfter(ticketChangesTable, history);
const noticesAfter = (history: History) => rowsAfter(ticketNoticesTable, history);

/** A meeting that was held, and what was told of it afterwards. */
const heldAnd = (...entries: readonly TicketEntry[]): History =>
  historyOf(defaultPlot, [...booked(defaultPlot), ...held(defaultPlot), ...entries]);
const entry = (at: Instant, fact: TicketFact, actor?: Actor): TicketEntry => (actor === undefined ? [at, fact] : [at, fact, actor]);

describe('the table of tickets', () => {
  it('Art. 5, 6, 7: given a meeting online with its documents, then the row has the hour, the recording and minutes to each document', async () => {
    expect(await ticketAfter(onlineHistory())).toMatchObject({
      ticket_id: defaultPlot.ticketId,
      ...{ department_code: '425', staff_id: 'S-017', mode: 'online', ground: 'in-operation', status: 'concluded' },
      ...{ starts_at: '2026-03-05T08:00:00.000Z', meeting_date: '2026-03-05', week: '2026-W10', month: '2026-03' },
      ...{ lead_hours: 73, waiting_days: 3, shorter_notice: false, booked: true, held: true, held_online: true, to_be_recorded: true },
      ...{ minutes: 14, recorded: true, recorded_grade: 'declared' },
      ...{ resolution_issued_at: '2026-03-05T08:17:00.000Z', resolution_issued_after_minutes: 2.5 },
      ...{ resolution_filed_at: '2026-03-05T08:18:00.000Z', resolution_filed_after_minutes: 3.5, resolution_filed_grade: 'declared' },
      ...{ resolution_sent_at: '2026-03-05T08:19:00.000Z', resolution_sent_after_minutes: 4.5 },
      ...{ resolution_delivered_at: '2026-03-05T08:19:00.000Z', resolution_delivered_after_minutes: 4.5, resolution_grade: 'observed' },
      ...{ resolution_in_target: true },
    });
  });

  it('A17: given a target of a few minutes, by the policy of that day, then what came later was not in it; what did not come is neither', async () => {
    const history = onlineHistory();
    const told = (resolutionTargetAt: Instant, ticket = history.ticket): History => ({
      ...history,
      ticket: ticket.map((event) => {
        const { fact } = event;
        return fact.type === 'Held' ? { ...event, fact: { ...fact, data: { ...fact.data, resolutionTargetAt } } } : event;
      }),
    });
    const inTarget = async (of: History) => (await ticketAfter(of))['resolution_in_target'];
    expect(await inTarget(told('2026-03-05T08:19:00.000Z'))).toBe(true);
    expect(await inTarget(told('2026-03-05T08:18:59.999Z'))).toBe(false);
    const unsent = history.ticket.filter(({ fact }) => fact.type !== 'ResolutionSent');
    expect(await inTarget(told('2026-03-05T08:19:00.000Z', unsent))).toBeNull();
  });

  it('A11: given a resolution that was picked up, then it is delivered and was never sent', async () => {
    expect(await ticketAfter(phoneHistory())).toMatchObject({
      ...{ held_online: false, to_be_recorded: false, recorded: false, resolution_sent_at: null },
      ...{ resolution_delivered_at: '2026-03-05T08:40:00.000Z', resolution_grade: 'declared' },
    });
  });

  it('A9: given a code that was never entered, then the ticket has no hour, no week, and its reason', async () => {
    const row = await ticketAfter(lapsedHistory());
    expect(row).toMatchObject({ status: 'lapsed', lapse_reason: 'not-verified', booked: false, cancelled_by: null, cancel_reason: null });
    expect([row['week'], row['starts_at'], row['waiting_days']]).toEqual([undefined, undefined, undefined]);
  });

  it('A9: given a code that is awaited, or an hour that was lost again, then no hour counts as taken', async () => {
    expect(await ticketAfter(historyOf(defaultPlot, booked(defaultPlot).slice(0, 2)))).toMatchObject({
      ...{ status: 'awaiting-code', booked: false },
    });
    const lost = await rowsOf(
      ticketsTable,
      factsAt('2026-03-05T08:00:00.000Z', { status: 'lapsed' }),
      't-2026-03-05T08:00:00.000Z',
      longAfter,
    );
    expect(lost.rows).toEqual([expect.objectContaining({ booked: false })]);
  });

  it('Art. 8: given a cancellation by staff, then the hour is nobody’s, and week and reason stay', async () => {
    const row = { booked: false, cancelled_by: 'staff', cancel_reason: 'technical', week: '2026-W10', lapse_reason: null, notices: 2 };
    expect(await ticketAfter(cancelledHistory())).toMatchObject(row);
  });

  it('A22, A23: given somebody who did not come, then the hour counts as taken', async () => {
    expect(await ticketAfter(citizenAbsentHistory())).toMatchObject({ citizen_absent: true, booked: true, held: false });
    expect(await ticketAfter(staffAbsentHistory())).toMatchObject({ staff_absent: true, moved_by_staff: 1, held: true });
  });

  it('A12: given a meeting online that never was on Webex, then it is held online and no recording is owed', async () => {
    const history = onlineHistory();
    const ticket = history.ticket.map((event) =>
      event.fact.type === 'Held'
        ? { ...event, fact: { ...event.fact, data: { ...event.fact.data, recordKind: 'written-record' as const } } }
        : event,
    );
    expect(await ticketAfter({ ...history, ticket })).toMatchObject({ held_online: true, to_be_recorded: false });
  });

  it('A13: given a citizen who objected, then no recording is owed', async () => {
    const at = '2026-03-05T08:20:00.000Z';
    const waived = heldAnd(
      entry(at, { type: 'RecordingWaived', data: { reason: personal('contact', 'nu dorește'), offeredAlternative: true, waivedAt: at } }),
    );
    expect(await ticketAfter(waived)).toMatchObject({ to_be_recorded: false, recording_waived: true });
  });

  it('Art. 7: given a number that the register disproves, then nothing is filed until the register shows it', async () => {
    const [said, disproved, shown] = ['2026-03-05T09:00:00.000Z', '2026-03-05T10:00:00.000Z', '2026-03-05T11:00:00.000Z'];
    const filing = { documentType: 'Tichetul albastru', connectedTo: requestIdentity } as const;
    const facts = [
      entry(said, { type: 'ResolutionFiled', data: { ...filing, documentNumber: '1', filedAt: said } }),
      entry(disproved, {
        type: 'FilingDisproved',
        data: { documentNumber: '1', finding: 'unknown', disprovedAt: disproved, policies: stamps('resolution-deadline') },
      }),
      entry(shown, { type: 'ResolutionFiled', data: { ...filing, documentNumber: '2', filedAt: shown, grade: 'observed' } }),
    ];
    expect(await ticketAfter(heldAnd(...facts.slice(0, 1)))).toMatchObject({
      resolution_filed_at: said,
      resolution_filed_grade: 'declared',
    });
    expect(await ticketAfter(heldAnd(...facts.slice(0, 2)))).toMatchObject({ resolution_filed_at: null, resolution_filed_grade: null });
    expect(await ticketAfter(heldAnd(...facts))).toMatchObject({ resolution_filed_at: shown, resolution_filed_grade: 'observed' });
  });

  it('Art. 7: given a filing that the register confirms later, or of an amendment, then the first stays and is known better', async () => {
    const [said, shown] = ['2026-03-05T09:00:00.000Z', '2026-03-05T11:00:00.000Z'];
    const filing = { documentType: 'Tichetul albastru', connectedTo: requestIdentity, documentNumber: '1' } as const;
    const row = await ticketAfter(
      heldAnd(
        entry(said, { type: 'ResolutionFiled', data: { ...filing, filedAt: said } }),
        entry(shown, { type: 'ResolutionFiled', data: { ...filing, filedAt: shown, grade: 'observed' } }),
        entry(shown, {
          type: 'FilingDisproved',
          data: { documentNumber: '2', finding: 'unknown', disprovedAt: shown, amendment: 1, policies: stamps('resolution-deadline') },
        }),
      ),
    );
    expect(row).toMatchObject({ resolution_filed_at: said, resolution_filed_grade: 'observed' });
  });

  it('Art. 7: given a letter that was sent twice, then the first sending counts and each return is a bounce', async () => {
    const bounced = (letterId: string, at: Instant): TicketEntry =>
      entry(at, { type: 'ResolutionBounced', data: { letterId, bouncedAt: at, followUpDueAt: at, grade: 'observed' } }, letters);
    const history = heldAnd(...resolved(defaultPlot), bounced('a', '2026-03-05T09:00:00.000Z'), bounced('b', '2026-03-06T09:00:00.000Z'));
    expect(await ticketAfter(history)).toMatchObject({ resolution_sent_at: '2026-03-05T08:19:00.000Z', notices: 0, bounces: 2 });
    expect((await noticesAfter(history)).map(({ about, means, outcome, bounced: returned }) => [about, means, outcome, returned])).toEqual([
      ['resolution', 'email', 'bounced', true],
      ['resolution', 'email', 'bounced', true],
    ]);
  });

  it('given the last night of a year, then day, week and month are those of Bucharest', async () => {
    const row = async (startsAt: Instant) => (await rowsOf(ticketsTable, factsAt(startsAt), `t-${startsAt}`, longAfter)).rows[0];
    expect(await row('2026-12-31T21:45:00.000Z')).toMatchObject({ meeting_date: '2026-12-31', week: '2026-W53', month: '2026-12' });
    expect(await row('2026-12-31T22:15:00.000Z')).toMatchObject({ meeting_date: '2027-01-01', week: '2026-W53', month: '2027-01' });
  });
});

describe('the table of changes', () => {
  it('Art. 8: given a move by staff, then it says who, why, from where and to where', async () => {
    expect(await changesAfter(rescheduledHistory())).toEqual([
      {
        ...{ ticket_id: defaultPlot.ticketId, department_code: '425', number: 1, kind: 'moved', asked_by: 'staff' },
        ...{ acted_by: 'staff', actor: 'S-017', reason: 'illness', changed_at: '2026-03-03T08:00:00.000Z' },
        ...{ date: '2026-03-03', week: '2026-W10', lead_hours: 169.5, shorter_notice: false },
        ...{
          from_starts_at: '2026-03-05T08:00:00.000Z',
          from_week: '2026-W10',
          from_month: '2026-03',
          to_starts_at: '2026-03-10T09:30:00.000Z',
        },
        ...{ from_staff_id: 'S-017', to_staff_id: 'S-017', from_mode: 'online', to_mode: 'online' },
      },
    ]);
  });

  it('A3, A20: given another person at the same hour, then both stand in the row, and who decided it, and no notice is reckoned', async () => {
    const row = { kind: 'reassigned', actor: 'S-001', from_staff_id: 'S-017', to_staff_id: 'S-042', reason: null, lead_hours: null };
    expect(await changesAfter(reassignedHistory())).toEqual([expect.objectContaining(row)]);
  });

  it('Art. 3 d: given another mode, then both stand in the row', async () => {
    const row = { kind: 'mode-changed', from_mode: 'online', to_mode: 'phone', reason: 'technical', lead_hours: null };
    expect(await changesAfter(modeChangedHistory())).toEqual([expect.objectContaining(row)]);
  });

  it('A9, A19, A22, A23: given an end, then the row has no place to which it came', async () => {
    const gone = { to_starts_at: null, to_staff_id: null, to_mode: null, lead_hours: null };
    const [lapse] = await changesAfter(lapsedHistory());
    expect(lapse).toMatchObject({ ...gone, kind: 'lapsed', reason: 'not-verified', asked_by: null, acted_by: 'service', actor: null });
    expect(lapse).toMatchObject({ from_starts_at: defaultPlot.slot.startsAt });
    expect(await changesAfter(cancelledHistory())).toEqual([expect.objectContaining({ ...gone, kind: 'cancelled', reason: 'technical' })]);
    expect(await changesAfter(citizenAbsentHistory())).toEqual([expect.objectContaining({ ...gone, kind: 'citizen-absent' })]);
    const kinds = (await changesAfter(staffAbsentHistory())).map(({ number, kind }) => [number, kind]);
    expect(kinds).toEqual([
      [1, 'staff-absent'],
      [2, 'moved'],
    ]);
  });

  it('A20: given a move to an hour sooner than 48 hours that the citizen agreed to, then the consent stands, and so in the ticket', async () => {
    const story = begin({ ...lifeOf(7), withEmail: true, course: 'moved sooner, as the citizen agreed', ending: 'held' });
    untilTheHour(story);
    const history = story.history();
    expect(await changesAfter(history)).toEqual([expect.objectContaining({ kind: 'moved', shorter_notice: true })]);
    expect(await ticketAfter(history)).toMatchObject({ shorter_notice: true });
  });

  it('given somebody at the console or a program, then only that it was the service', async () => {
    const at = '2026-03-03T08:00:00.000Z';
    const data = { ...bookingFor(defaultPlot), by: 'citizen', cancelledAt: at, slotFreeFrom: at, sequence: 2 } as const;
    const cancelledBy = (actor: Actor) =>
      changesAfter(historyOf(defaultPlot, [...booked(defaultPlot), [at, { type: 'Cancelled', data }, actor]]));
    for (const id of ['command-line.ion.popescu', 'host', 'booking']) {
      expect(await cancelledBy({ kind: 'system', id })).toEqual([expect.objectContaining({ acted_by: 'service', actor: null })]);
    }
    expect(await cancelledBy(clerk('S-900'))).toEqual([
      expect.objectContaining({ asked_by: 'citizen', acted_by: 'staff', actor: 'S-900' }),
    ]);
    expect(await cancelledBy({ kind: 'citizen', id: defaultPlot.ticketId })).toEqual([
      expect.objectContaining({ acted_by: 'citizen', actor: null }),
    ]);
  });
});

describe('the table of notices', () => {
  const told = (
    at: Instant,
    more: Partial<Extract<TicketFact, { type: 'CitizenNotified' }>['data']>,
    actor: Actor = letters,
  ): TicketEntry =>
    entry(
      at,
      { type: 'CitizenNotified', data: { about: 'rescheduled', channel: 'email', outcome: 'accepted', notifiedAt: at, ...more } },
      actor,
    );
  const outcomes = async (...entries: readonly TicketEntry[]) =>
    (await noticesAfter(heldAnd(...entries))).map(({ number, means, outcome, bounced }) => [number, means, outcome, bounced]);
  const [first, then, last] = ['2026-03-06T08:00:00.000Z', '2026-03-06T09:00:00.000Z', '2026-03-06T10:00:00.000Z'];

  it('A21: given a call by an official, then it says who rang and that nobody else saw it', async () => {
    const [row] = await noticesAfter(heldAnd(told(first, { channel: 'phone', outcome: 'no-answer', grade: 'declared' }, clerk('S-017'))));
    expect(row).toMatchObject({ about: 'rescheduled', means: 'phone', outcome: 'no-answer', grade: 'declared', told_at: first });
    expect(row).toMatchObject({ acted_by: 'staff', actor: 'S-017', bounced: false });
  });

  it('A21: given a letter that came back, then it is one notice, which told nobody', async () => {
    const letterId = 'letter-1';
    const back = told(then, { letterId, outcome: 'bounced' });
    expect(await outcomes(told(first, { letterId }), told(first, { letterId: 'letter-2' }), back)).toEqual([
      [1, 'email', 'accepted', true],
      [2, 'email', 'accepted', false],
    ]);
    expect(await outcomes(back)).toEqual([[1, 'email', 'bounced', true]]);
  });

  it('A21: given a letter on paper, then the day on which it was posted says which came back', async () => {
    const posted = (at: Instant, postedOn: string) => told(at, { channel: 'post', outcome: 'posted', postedOn });
    const back = told(last, { channel: 'post', outcome: 'bounced', postedOn: '2026-03-05' });
    expect(await outcomes(posted(first, '2026-03-05'), posted(then, '2026-03-06'), back)).toEqual([
      [1, 'post', 'posted', true],
      [2, 'post', 'posted', false],
    ]);
  });

  it('A21: given a return of something else than what was told, then it is one more: another way, another day, or a letter of which no id was kept', async () => {
    const onPaper = (at: Instant, outcome: 'posted' | 'bounced', postedOn?: string) =>
      told(at, { channel: 'post', outcome, ...(postedOn !== undefined && { postedOn }) });
    const call = told(first, { channel: 'phone', outcome: 'no-answer' });
    const back = [2, 'post', 'bounced', true];
    expect(await outcomes(call, onPaper(last, 'bounced', '2026-03-05'))).toEqual([[1, 'phone', 'no-answer', false], back]);
    expect(await outcomes(call, onPaper(last, 'bounced'))).toEqual([[1, 'phone', 'no-answer', false], back]);
    expect(await outcomes(onPaper(first, 'posted', '2026-03-05'), onPaper(last, 'bounced', '2026-03-06'))).toEqual([
      [1, 'post', 'posted', false],
      back,
    ]);
    const byEmail = told(last, { outcome: 'bounced' });
    expect(await outcomes(onPaper(first, 'posted', '2026-03-05'), byEmail)).toEqual([
      [1, 'post', 'posted', false],
      [2, 'email', 'bounced', true],
    ]);
    expect(await outcomes(onPaper(first, 'posted'), byEmail)).toEqual([
      [1, 'post', 'posted', false],
      [2, 'email', 'bounced', true],
    ]);
  });

  it('A21: given a letter of which only its return is kept, told twice, then it came back once', async () => {
    const back = (at: Instant) => told(at, { letterId: 'letter-1', outcome: 'bounced' });
    expect(await outcomes(back(then), back(last))).toEqual([[1, 'email', 'bounced', true]]);
  });

  it('given a call that nobody answered and an invitation that came back, then each is counted as what it is', async () => {
    const call = told(first, { channel: 'phone', outcome: 'no-answer' });
    expect(await ticketAfter(heldAnd(call))).toMatchObject({ notices: 1, bounces: 0 });
    const back = entry(then, {
      type: 'InvitationBounced',
      data: { letterId: 'letter-1', bouncedAt: then, followUpDueAt: last, grade: 'observed' },
    });
    expect(await ticketAfter(heldAnd(back))).toMatchObject({ notices: 0, bounces: 1 });
  });

  it('Art. 5: given a letter that was invitation and notice at once, then it came back once', async () => {
    const letterId = 'letter-1';
    const invitation = entry(then, {
      type: 'InvitationBounced',
      data: { letterId, bouncedAt: then, followUpDueAt: last, grade: 'observed' },
    });
    const history = heldAnd(told(first, { letterId }), invitation, told(last, { letterId, outcome: 'bounced' }));
    expect(await noticesAfter(history)).toHaveLength(1);
    expect(await ticketAfter(history)).toMatchObject({ notices: 1, bounces: 1 });
    expect(await noticesAfter(heldAnd(invitation))).toEqual([expect.objectContaining({ about: 'invitation', bounced: true })]);
  });
});
