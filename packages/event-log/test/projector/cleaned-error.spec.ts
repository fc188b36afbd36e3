import { cleanedError } from '@tichet-albastru/event-log/projector/cleaned-error';

const cases: readonly (readonly [kept: string, shown: string])[] = [
  ['TypeError: Cannot read properties of undefined (reading “department”)', 'TypeError: Cannot read properties of undefined (reading …)'],
  ["TypeError: Cannot read properties of undefined (reading 'Popescu Ana')", 'TypeError: Cannot read properties of undefined (reading …)'],
  ['SyntaxError: Unexpected token "A", "Ana Pop" is not valid JSON', 'SyntaxError: Unexpected token …, … is not valid JSON'],
  ['TypeError: anaPop.rows is not a function', 'TypeError: … is not a function'],
  ['RangeError: Invalid time value', 'RangeError: Invalid time value'],
  ['RangeError: The row of Popescu Ana, 0740123456, is full. Nobody else fits.', 'RangeError'],
  ['Error: no hour for maria popescu on strada memorandumului', 'Error'],
  ['Error: unknown applicant: popescu ana', 'Error'],
  ['Error: Invalid time value of ana', 'Error'],
  ['EventLogCorrupt: The event 7f3a of ticket-019c0000 has no body\nAna Pop', 'EventLogCorrupt'],
  ['RowParked', 'RowParked'],
  ['Error: Ana', 'Error'],
  ['Ana Pop: has no row', 'not-an-error'],
  ['Ana: has no row', 'not-an-error'],
  ['', 'not-an-error'],
];

describe('what is shown of an error of a table', () => {
  it.each(cases)('of %p it is %p', (kept, shown) => {
    expect(cleanedError(kept)).toBe(shown);
  });
});
