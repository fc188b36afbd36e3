import { pino, type DestinationStream, type LevelWithSilent } from 'pino';
import { type Logger, logNames, type LogValues } from '@tichet-albastru/event-log/ports/logger';

/** A forgotten name costs a detail, never a person. */
const allowed: ReadonlySet<string> = new Set(logNames);

/** An e-mail address or a phone number has no business in a value either, whatever its name says. */
const looksPersonal = /@[\w-]+\.|\+?\d[\d .()-]{8,}\d(?!\d*[a-f-])/i;
const longest = 500;

const cleaned = (name: string, value: string | number | boolean): string | number | boolean => {
  if (typeof value !== 'string') return value;
  const known = isIdentifier(name);
  return !known && looksPersonal.test(value) ? '[…]' : value.slice(0, longest);
};
const isIdentifier = (name: string): boolean =>
  ['position', 'by', 'at', 'nextAt', 'eventId', 'commandId', 'ticketId', 'letterId', 'effectId', 'stream', 'trackingId'].includes(name);

const allowedOf = (values: LogValues): Record<string, string | number | boolean> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value !== undefined && allowed.has(name) ? [[name, cleaned(name, value)]] : [])),
  );

/** One JSON line an event, on standard output unless told otherwise. */
export const pinoLogger = (level: LevelWithSilent, destination?: DestinationStream): Logger => {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  const logger = destination === undefined ? pino(options) : pino(options, destination);
  return {
    info: (event, values = {}) => {
      logger.info(allowedOf(values), event);
    },
    warn: (event, values = {}) => {
      logger.warn(allowedOf(values), event);
    },
    error: (event, values = {}) => {
      logger.error(allowedOf(values), event);
    },
  };
};
