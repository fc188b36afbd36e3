import { cleanedError } from '../../../src/application/operation/cleaned-error';

const cases: readonly (readonly [kept: string, shown: string])[] = [
  ['TypeError: Cannot read properties of undefined (reading “department”)', 'TypeError: Cannot read properties of undefined (reading …)'],
  ["TypeError: Cannot read properties of undefined (reading 'Popescu Ana')", 'TypeError: Cannot read properties of undefined (reading …)'],
  ['RangeError: The row of Popescu Ana, 0740123456, is full. Nobody else fits.', 'RangeError: The row of … is full.'],
  ['Error: unknown applicant: popescu ana', 'Error: unknown applicant …'],
  ['Error: ana@exemplu.ro wants another hour', 'Error: … wants another hour'],
  ['SyntaxError: Unexpected token "A", "Ana Pop" is not valid JSON', 'SyntaxError: Unexpected token …, … is not valid …'],
  ['Error: name=ana', 'Error: name …'],
  ['Error: străin at the door', 'Error: … at the door'],
  ['EventLogCorrupt: The event 7f3a of ticket-019c0000 has no body\nAna Pop', 'EventLogCorrupt: The event … of … has no body'],
  ['Error: an unfinished “Ana Pop and all her', 'Error: an unfinished …'],
  ["Error: it doesn't fit", "Error: it doesn't fit"],
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

  it('has an end', () => {
    expect(cleanedError(`Error: ${'so on and '.repeat(100)}`).length).toBeLessThan(200);
  });
});
