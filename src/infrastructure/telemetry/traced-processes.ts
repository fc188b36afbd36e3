import type { Process, Todo } from '../../application/kernel/processes/process';
import type { TraceOfEvent } from './trace-of-event';
import { traced } from './tracing';

/** Every process of ours keeps in its rows which fact it follows. */
const causeOf = (todo: Todo): { readonly id: string; readonly correlationId: string } => {
  const kept = new Map(Object.entries(todo));
  const text = (name: string): string => {
    const value: unknown = kept.get(name);
    return typeof value === 'string' ? value : '';
  };
  return { id: text('causeId'), correlationId: text('correlationId') };
};

/** What a process does belongs to the trace of the fact that it follows. */
export const tracedProcess = (process: Process, traces: TraceOfEvent): Process => ({
  ...process,
  perform: (ports, todo, at) =>
    traced(`effect ${process.name}`, () => process.perform(ports, todo, at), {
      values: { 'tichet.process': process.name },
      sort: 'follows',
      parent: traces.contextOf(causeOf(todo)),
    }),
});
