import type { ReadReq } from '@eventstore/db-client/generated/streams_pb';
import type { Stored } from './log';

export type EventFilter = {
  readonly takes: (event: Stored) => boolean;
  /** a checkpoint is sent after so many events were looked at */
  readonly checkpointEvery: number;
};

const defaultWindow = 32;

/** A regular expression wins over prefixes; without a filter everything passes and there are no checkpoints. */
export const filterOf = (options: ReadReq.Options.FilterOptions | undefined): EventFilter => {
  if (!options) return { takes: () => true, checkpointEvery: Infinity };
  const byType = options.getEventType();
  const expression = byType ?? options.getStreamIdentifier();
  const pattern = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  const matches =
    pattern === ''
      ? (text: string) => prefixes.some((prefix) => text.startsWith(prefix))
      : (text: string) => new RegExp(pattern, 'u').test(text);
  const window = options.hasMax() ? options.getMax() : defaultWindow;
  return {
    takes: (event) => matches(byType ? event.type : event.stream),
    checkpointEvery: window * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
};
