import type { Span } from '@opentelemetry/api';
import type { Envelope, EventStore, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import type { Mailer } from '../../application/kernel/ports/mailer';
import type { Ports } from '../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { appendingBy } from './metrics';
import type { TraceOfEvent } from './trace-of-event';
import { beginSpan, failSpan, traced } from './tracing';
import type { Process, Todo } from '../../application/kernel/processes/process';

const categoryOf = (stream: string): string => stream.split('-')[0] ?? '';
/** Waited for at a time, and how long: under a load that the tables do not follow, tracing must not add to it. */
const mostFollowed = 64;
const longestFollowedMilliseconds = 10_000;

/** The way from the durable fact to the tables that show it, whoever folds them: a thread of ours or another process. */
const followTables = (readModels: Pick<ReadModels, 'reached'>): ((position: string) => void) => {
  let followed = 0;
  return (position) => {
    if (followed >= mostFollowed) return;
    followed += 1;
    const span = beginSpan('projection', {}, 'follows');
    readModels
      .reached(position, longestFollowedMilliseconds)
      .then(
        (reached) => span.setAttribute('tichet.reached', reached),
        (error: unknown) => {
          failSpan(span, error);
        },
      )
      .finally(() => {
        followed -= 1;
        span.end();
      });
  };
};

const tracedStore = (store: EventStore, traces: TraceOfEvent, follow: (position: string) => void): EventStore => {
  const append = async (span: Span, stream: string, expected: Parameters<EventStore['append']>[1], events: NonEmpty<Envelope>) => {
    const result = await store.append(stream, expected, events);
    span.setAttribute('tichet.outcome', result.kind);
    if (result.kind === 'conflict' || !span.isRecording()) return result;
    for (const { id } of events) traces.remember(id, span.spanContext());
    follow(result.position);
    return result;
  };
  return appendingBy(store, (stream, expected, events) =>
    traced('append', (span) => append(span, stream, expected, events), {
      values: { 'tichet.category': categoryOf(stream), 'tichet.events': events.length },
    }),
  );
};

const tracedMailer = (mailer: Mailer): Mailer => ({
  send: (letter) =>
    traced(
      'mail send-letter',
      async (span) => {
        const delivery = await mailer.send(letter);
        span.setAttribute('tichet.outcome', delivery.kind);
        return delivery;
      },
      { values: { 'tichet.peer': 'mail', 'tichet.operation': 'send-letter' }, sort: 'asked-by-us' },
    ),
  forget: (ticketId) => mailer.forget(ticketId),
  ...defined({ kept: mailer.kept }),
});

/** The same ports, telling what they do to whatever SDK the process has. */
export const tracedPorts = (ports: Ports, traces: TraceOfEvent): Ports => ({
  ...ports,
  store: tracedStore(ports.store, traces, followTables(ports.readModels)),
  mailer: tracedMailer(ports.mailer),
});

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
