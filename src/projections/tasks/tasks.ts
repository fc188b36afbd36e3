import type { DerivedTable } from '@tichet-albastru/event-log/ports/projection';
import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type TaskRow } from '../../application/kernel/ports/tables';
import { statusFacts } from '../../domain/ticket/status-after';
import { ticketIdOf } from '../kernel/streams';
import { dutiesAfter, dutiesOfRequested, openTasks, type TicketDuties } from './duties';

const taskKey = (ticketId: string, taskId: string): string => `${ticketId}/${taskId}`;
const ticketOf = (key: string): string => key.slice(0, key.indexOf('/'));

const tasks: DerivedTable<TaskRow, TicketDuties> = {
  name: tables.tasks,
  keyedBy: '`<ticketId>/<task>`',
  told: 'something that a person has to do, with `from`, `targetAt` and `limitAt`',
  columns: { staffId: 'text', departmentCode: 'text', kind: 'text', from: 'text', dueAt: 'text', ticketId: 'text' },
  namedBy: (ticketId, duties) => openTasks(duties).map(({ taskId }) => taskKey(ticketId, taskId)),
  sourcesOf: (key) => [ticketOf(key)],
  derive: (key, lookup) => {
    const duties = lookup(ticketOf(key));
    const task = duties && openTasks(duties).find(({ taskId }) => taskKey(duties.ticketId, taskId) === key);
    if (duties === undefined || task === undefined) return undefined;
    const { ticketId, reference, startsAt, departmentCode } = duties;
    return { departmentCode, ...task, ticketId, reference, startsAt };
  },
};

/** One row a ticket with its duties; of it, one row a thing that a person has to do, with the time by which. */
export const ticketDuties: Projection<TicketDuties> = {
  name: tables.ticketDuties,
  keyedBy: 'ticket id',
  told: 'what the open tasks of a ticket depend on',
  version: 5,
  columns: {},
  looksAt: {
    ticket: [
      'Requested',
      ...statusFacts,
      'ModeChanged',
      'ContactCorrected',
      'MoveOffered',
      'MoveOfferDeclined',
      'MoveOfferWithdrawn',
      'RecordingAttached',
      'RecordingMissing',
      'RecordingWaived',
      'ContinuedOtherwise',
      'RecordingTakenBack',
      'ResolutionAmended',
      'ResolutionFiled',
      'NewHourGiven',
      'CitizenNotified',
      'PersonalDataErased',
      'TaskRaised',
      'TaskDone',
    ],
  },
  keysOf: (event) => (event.category === 'ticket' ? [ticketIdOf(event.stream)] : []),
  apply: (row, event, key) => {
    if (event.category !== 'ticket') return row;
    if (row !== undefined) return dutiesAfter(row, event.fact);
    return event.fact.type === 'Requested' ? dutiesOfRequested(key, event.fact) : undefined;
  },
  derived: tasks,
};
