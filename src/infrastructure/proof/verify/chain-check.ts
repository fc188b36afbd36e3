import { EventLogCorrupt, noHash, type Recorded } from '../../../application/kernel/ports/event-store';
import { previousHashOf } from '../../log/codec/event-codec.codec';
import { hashEvent } from '../../log/codec/event-hash';
import type { LogAsKept, StreamHead } from './log-as-kept';
import type { LogFault } from './log-fault';

/** Streams whose end is in memory, twice: some 3 MB, however long the log is. A city has far fewer tickets that go on at a time. */
const streamsInMemory = 5000;
const none: StreamHead = { revision: -1, hash: noHash };

type Reason = LogFault['reason'];
/** What is wrong with an event, given those before it. It must be asked of every event, in order. */
export type ChainCheck = (event: Recorded) => Reason | undefined | Promise<Reason | undefined>;

const typeIn = (body: string): unknown => {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && 'type' in value ? value.type : undefined;
  } catch {
    return undefined;
  }
};

/** Its bytes, its type, and that it goes on where its stream stood. @param hashOf a test's way to believe what is written there */
export const createChainCheck = (log: Pick<LogAsKept, 'before'>, hashOf: (event: Recorded) => string = hashEvent): ChainCheck => {
  let young = new Map<string, StreamHead>();
  let old = new Map<string, StreamHead>();
  let forgotten = false;

  const remember = (stream: string, head: StreamHead): void => {
    young.set(stream, head);
    if (young.size < streamsInMemory) return;
    forgotten ||= old.size > 0;
    old = young;
    young = new Map();
  };

  const reasonAfter = (event: Recorded, head: StreamHead): Reason | undefined => {
    remember(event.stream, { revision: event.revision, hash: event.hash });
    if (hashOf(event) !== event.hash) return 'hash-differs';
    try {
      const previous = previousHashOf(event);
      if (event.revision !== head.revision + 1) return 'revision-gap';
      return previous === head.hash ? undefined : 'previous-differs';
    } catch (error) {
      if (!(error instanceof EventLogCorrupt)) throw error;
      const type = typeIn(event.body);
      return typeof type === 'string' && type !== event.type ? 'type-differs' : 'not-an-envelope';
    }
  };

  return (event) => {
    const head = young.get(event.stream) ?? old.get(event.stream);
    if (head !== undefined || !forgotten) return reasonAfter(event, head ?? none);
    return log.before(event).then((found) => reasonAfter(event, found ?? none));
  };
};
