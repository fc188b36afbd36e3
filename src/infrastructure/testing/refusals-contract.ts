import type { Operations } from '../../application/kernel/ports/operations';
import { mostRefusalsOfSubject, type NotedRefusal } from '../../application/kernel/ports/refusals';
import { ensureEqual, type ContractCheck } from './check';

type Subject = { readonly operations: Pick<Operations, 'refusals'>; readonly reopen?: () => Operations | Promise<Operations> };

const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-02T08:10:00.000Z';
const refusalAt = (commandId: string, when: string): NotedRefusal => ({
  subject: 'ticket-t1',
  commandId,
  at: when,
  command: 'rescheduleTicket',
  code: 'too-soon',
  article: '4',
  actor: { kind: 'citizen', id: 't1' },
});
const sorted = (value: object): unknown => Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));

/** What the journal of refused attempts promises; part of the contract of the operational state. */
export const refusalsContract: readonly ContractCheck<Subject>[] = [
  {
    promise: 'a refused attempt is one line however often its command comes, found by what it was about, and forgotten in time',
    check: async ({ operations: { refusals }, reopen }) => {
      const first = refusalAt('c1', at);
      const { article: _, ...second } = { ...refusalAt('c2', later), actor: { kind: 'staff', id: 's001' } as const };
      await refusals.note(second);
      await Promise.all(Array.from({ length: 20 }, () => refusals.note(first)));
      await refusals.note({ ...first, at: later, code: 'wrong-state' });
      await refusals.note({ ...first, subject: 'request-1_2026-03-01' });
      const opened = (await reopen?.())?.refusals ?? refusals;
      ensureEqual((await opened.of('ticket-t1')).map(sorted), [first, second].map(sorted), 'of the ticket, oldest first');
      ensureEqual((await opened.of('request-1_2026-03-01')).length, 1, 'of the request');
      ensureEqual(await opened.of('ticket-t2'), [], 'of another');
      ensureEqual([await opened.prune(at), await opened.prune(later)], [0, 2], 'forgotten');
      ensureEqual((await opened.of('ticket-t1')).map(sorted), [sorted(second)], 'what is left');
    },
  },
  {
    promise: 'of more refused attempts than are kept of a subject, all at once, the newest stay',
    check: async ({ operations: { refusals } }) => {
      const most = mostRefusalsOfSubject;
      const instants = Array.from({ length: most + 50 }, (_, index) => new Date(Date.parse(at) + index * 1000).toISOString());
      await Promise.all(instants.toReversed().map((when) => refusals.note(refusalAt(`c ${when}`, when))));
      await refusals.note({ ...refusalAt('other', at), subject: 'ticket-t2' });
      const kept = (await refusals.of('ticket-t1')).map((refusal) => refusal.at);
      ensureEqual(kept, instants.slice(-most), 'what is kept');
      ensureEqual((await refusals.of('ticket-t2')).length, 1, 'of another subject');
    },
  },
];
