import { errorCode } from '@tichet-albastru/kernel/error-code';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';

/**
 * What Node warns of (too many listeners, a deprecated call) is a line of the log like every other, not text between them. For programs that
 * are ours alone: a host's process is the host's.
 * @returns who tells it once there is a log; until then it waits
 */
export const takeWarnings = (from: NodeJS.EventEmitter = process): ((logger: Logger) => void) => {
  const waiting: Error[] = [];
  let tell = (warning: Error): void => {
    waiting.push(warning);
  };
  // Node's own listener, which writes text
  from.removeAllListeners('warning');
  from.on('warning', (warning: Error) => {
    tell(warning);
  });
  return (logger) => {
    tell = (warning) => {
      logger.warn('process.warning', { name: warning.name, reason: warning.message, code: errorCode(warning) });
    };
    for (const warning of waiting.splice(0)) tell(warning);
  };
};
