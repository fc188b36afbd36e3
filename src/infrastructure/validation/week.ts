import { weekdays } from '../../domain/staff/staff-member';
import { inBoth } from '../phrasing/sentences';
import { field } from './fields';

const time = /^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/;

const isStretch = (value: unknown): boolean => {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const stretch: readonly unknown[] = value;
  const [from, to] = stretch;
  return typeof from === 'string' && typeof to === 'string' && time.test(from) && time.test(to) && from < to;
};
const isDay = (value: unknown): boolean => Array.isArray(value) && value.length <= 8 && value.every(isStretch);
const isWeek = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).every(([day, stretches]) => weekdays.some((known) => known === day) && isDay(stretches));

/** Weekly hours (A16): `{"mon": [["08:00", "16:00"]], …}`, local wall times; a day that is not named is not worked. */
export const Week = (): PropertyDecorator =>
  field(
    'week',
    () => inBoth.validation.fields.week,
    isWeek,
    {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'array', items: { type: 'string' }, minItems: 2, maxItems: 2 } },
      example: {
        mon: [['08:00', '16:00']],
        thu: [
          ['08:00', '12:00'],
          ['13:00', '17:30'],
        ],
      },
    },
    {},
  );
