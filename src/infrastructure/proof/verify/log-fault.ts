import type { ReadFault } from '@tichet-albastru/signed-log';

/**
 * What a reader of the whole log finds beside the faults of tree and checkpoints, of one event:
 * - `not-an-envelope`: its text is none that the service writes
 * - `type-differs`: it is filed under another type than it has
 * - `revision-gap`: an event of its stream before it is missing, or came twice
 * - `previous-differs`: it names another event as the one before it
 * - `unreadable`: the log cannot be read from there on
 */
export type LogFault = Omit<ReadFault, 'reason'> & {
  readonly reason: ReadFault['reason'] | 'not-an-envelope' | 'type-differs' | 'revision-gap' | 'previous-differs' | 'unreadable';
};

/** What the chains of the streams and the numbers of the events tell without any seal. */
const ofTheChain: ReadonlySet<LogFault['reason']> = new Set([
  'event-missing',
  'hash-differs',
  'not-an-envelope',
  'type-differs',
  'revision-gap',
  'previous-differs',
  'unreadable',
]);
export const isOfTheChain = ({ reason }: LogFault): boolean => ofTheChain.has(reason);

/** Those that are said of an event itself, where it stands or should stand. */
const ofAnEvent: ReadonlySet<LogFault['reason']> = new Set([
  'event-missing',
  'hash-differs',
  'other-event',
  'not-an-envelope',
  'type-differs',
  'revision-gap',
  'previous-differs',
]);
const isOfAnEvent = ({ reason }: LogFault): boolean => ofAnEvent.has(reason);

/** So many are told; the first events concerned are always among them. */
const mostTold = 20;

/** Of every event the first that was found, and of all events the first ones. */
export type FaultsFound = { add(fault: LogFault): void; told(): readonly LogFault[]; readonly count: number };

export const createFaultsFound = (): FaultsFound => {
  const first: LogFault[] = [];
  let count = 0;
  return {
    get count() {
      return count;
    },
    add: (fault) => {
      const known = isOfAnEvent(fault) ? first.findIndex((one) => one.number === fault.number && isOfAnEvent(one)) : -1;
      if (known !== -1) {
        // what stands there is only what comes after it
        if (fault.reason === 'event-missing') first[known] = fault;
        return;
      }
      count += 1;
      const behind = first.findIndex(({ number }) => number > fault.number);
      first.splice(behind === -1 ? first.length : behind, 0, fault);
      if (first.length > mostTold) first.pop();
    },
    told: () => [...first],
  };
};
