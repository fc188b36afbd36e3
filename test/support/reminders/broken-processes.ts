import { reminderLetters } from '../../../src/application/booking/reminders';
import type { Process } from '../../../src/application/kernel/processes/process';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import { quarter } from './lives-of-meetings';

const own = reminderLetters as Process;
const with_ = (change: (ports: Ports) => Ports): Process => ({
  ...own,
  perform: (ports, todo, at) => own.perform(change(ports), todo, at),
});

/** Each is the process as it would be with one fault. */
export const brokenProcesses: Readonly<Record<string, Process>> = {
  'what left is neither noted nor looked up': with_((ports) => ({
    ...ports,
    store: {
      ...ports.store,
      append: () => Promise.reject(new Error('lost')),
      end: () => ports.store.end(),
      read: (...asked) => ports.store.read(...asked),
    },
    operations: { ...ports.operations, outbox: { ...ports.operations.outbox, get: () => Promise.resolve(undefined) } },
  })),
  'whatever is sent is lost': with_((ports) => ({
    ...ports,
    mailer: { ...ports.mailer, send: () => Promise.resolve({ kind: 'accepted' }) },
  })),
  'every try is another letter': with_((ports) => ({
    ...ports,
    identifiers: {
      ...ports.identifiers,
      derive: (...parts) => (parts[0] === 'reminder' ? ports.identifiers.next() : ports.identifiers.derive(...parts)),
    },
  })),
  'every letter waits for a quarter of an hour': {
    ...own,
    perform: (ports, todo, at) =>
      Date.parse(at) < Date.parse(todo.dueAt ?? at) + quarter ? Promise.reject(new Error('later')) : own.perform(ports, todo, at),
  },
  'a meeting that moved keeps the reminders of its former hour': {
    ...own,
    apply: (row, event, key) =>
      event.category === 'ticket' && event.fact.type === 'Rescheduled' && row !== undefined ? row : own.apply(row, event, key),
  },
};
