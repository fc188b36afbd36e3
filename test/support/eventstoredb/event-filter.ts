import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import { invalid, thrownByHandler } from './failures';
import type { Stored } from './log';

export type EventFilter = {
  readonly takes: (event: Stored) => boolean;
  /** a checkpoint is sent after so many events were looked at */
  readonly checkpointEvery: number;
};

const defaultWindow = 32;

const expressionIn = (pattern: string): RegExp => {
  try {
    return new RegExp(pattern, 'u');
  } catch {
    throw thrownByHandler();
  }
};

/** The server's own, which `$all` does not show. */
const hidden = /^\$epoch-information$|^\$persistentsubscription-\$all::.*-(?:checkpoint|parked)$/;

/**
 * A regular expression wins over prefixes; without a filter there are no checkpoints. Streams and types are judged once each.
 * @throws ServiceError for a filter without a window, or with an expression that is none
 */
export const filterOf = (options: ReadReq.Options.FilterOptions | undefined): EventFilter => {
  if (!options) return { takes: ({ stream }) => !stream.startsWith('$') || !hidden.test(stream), checkpointEvery: Infinity };
  const byType = options.getEventType();
  const expression = byType ?? options.getStreamIdentifier();
  if (!expression) throw invalid('A filter is by stream identifier or by event type.');
  if (!options.hasMax() && !options.hasCount()) throw invalid("'None' is not a valid window of a filter.");
  const pattern = expression.getRegex();
  const prefixes = expression.getPrefixList();
  const regularExpression = pattern === '' ? undefined : expressionIn(pattern);
  const matches = (text: string): boolean => regularExpression?.test(text) ?? prefixes.some((prefix) => text.startsWith(prefix));
  const judged = new Map<string, boolean>();
  const window = options.hasMax() ? options.getMax() : defaultWindow;
  return {
    takes: (event) => {
      if (byType && hidden.test(event.stream)) return false;
      const text = byType ? event.type : event.stream;
      const known = judged.get(text);
      if (known !== undefined) return known;
      const verdict = matches(text) && !hidden.test(event.stream);
      judged.set(text, verdict);
      return verdict;
    },
    checkpointEvery: window * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
};
