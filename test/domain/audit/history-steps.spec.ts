import { historySteps } from '../../../src/domain/audit/history';
import { cancelledHistory, lapsedHistory, onlineHistory, phoneHistory, staffAbsentHistory } from '../../support/histories';
import type { History } from '../../support/history';
import { adding } from '../../support/retelling';

const told = (history: History) => historySteps(history.ticket).map(({ type, article, state }) => [type, article, state]);

describe('The steps of a ticket, for the auditor', () => {
  it('tells each event with the article that allowed it and the public status after it', () => {
    expect(told(staffAbsentHistory())).toEqual([
      ['Requested', '3', 'awaiting-code'],
      ['VerificationCodeIssued', '3 e', 'awaiting-code'],
      ['EmailVerified', '3 e', 'awaiting-code'],
      ['Scheduled', '4', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['MeetingLinkAttached', '5', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['StaffAbsent', '8', 'staff-absent'],
      ['CitizenNotified', '8', 'staff-absent'],
      ['Rescheduled', '8', 'scheduled'],
      ['CitizenNotified', '8', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['MeetingLinkAttached', '5', 'scheduled'],
      ['InvitationSent', '5', 'scheduled'],
      ['MeetingStarted', '6', 'in-progress'],
      ['Held', '6', 'held'],
      ['ResolutionIssued', '7', 'resolved'],
      ['ResolutionFiled', '7', 'resolved'],
      ['ResolutionSent', '7', 'concluded'],
      ['RecordingAttached', '5', 'concluded'],
    ]);
  });

  it('ends as the ticket did', () => {
    const lastOf = (history: History) => historySteps(history.ticket).at(-1)?.state;

    expect(lastOf(lapsedHistory())).toBe('lapsed');
    expect(lastOf(cancelledHistory())).toBe('cancelled');
    expect(lastOf(phoneHistory())).toBe('concluded');
  });

  it('names what changed, and never says a value', () => {
    const steps = historySteps(staffAbsentHistory().ticket);
    const rescheduled = steps.find(({ type }) => type === 'Rescheduled');

    expect(rescheduled?.changed).toEqual(expect.arrayContaining(['holdId', 'sequence', 'slot', 'status']));
    expect(rescheduled?.changed).not.toContain('staffId');
    expect(steps[0]?.changed).toEqual(expect.arrayContaining(['contact', 'ground', 'slot', 'status']));
    expect(JSON.stringify(steps)).not.toContain('Popescu');
  });

  it('tells who did it and where it stands', () => {
    const { ticket, ticketId } = onlineHistory();

    expect(historySteps(ticket)[2]).toMatchObject({
      eventId: ticket[2]?.id,
      at: ticket[2]?.recordedAt,
      actor: { kind: 'citizen', id: ticketId },
    });
  });

  it('stops at the moment that was asked for', () => {
    const { ticket } = onlineHistory();

    expect(historySteps(ticket, ticket[3]?.recordedAt)).toEqual(historySteps(ticket).slice(0, 4));
    expect(historySteps(ticket, '2026-01-01T00:00:00.000Z')).toEqual([]);
  });

  it('gives a done task the article of the task', () => {
    const at = '2026-03-02T09:00:00.000Z';
    const history = adding(
      onlineHistory(),
      [at, { type: 'TaskRaised', data: { taskId: 't-1', kind: 'create-meeting', staffId: 'S-017', raisedAt: at } }],
      [at, { type: 'TaskDone', data: { taskId: 't-1', doneAt: at } }],
      [at, { type: 'TaskDone', data: { taskId: 'unknown', doneAt: at } }],
    );
    const articles = historySteps(history.ticket).flatMap(({ type, article }) => (type.startsWith('Task') ? [article] : []));

    expect(articles).toEqual(['5', '5', 'D4']);
  });
});
