import * as fc from 'fast-check';
import { addDays, plusMinutes } from '../../src/domain/time/civil-time';

/** A date of the years that the working calendar is checked for. */
export const anyDate = fc.integer({ min: 0, max: 7669 }).map((days) => addDays('2015-01-01', days));
/** An instant of those years, to the millisecond. */
export const anyInstant = fc
  .tuple(fc.integer({ min: 0, max: 11_000_000 }), fc.integer({ min: 0, max: 59_999 }))
  .map(([minutes, milliseconds]) => plusMinutes('2015-01-01T00:00:00.000Z', minutes + milliseconds / 60_000));
