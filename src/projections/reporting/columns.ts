import type { ReportingColumn, ReportingType } from '@tichet-albastru/event-log/ports/reporting';

const columnOf =
  (type: ReportingType) =>
  (told: string): ReportingColumn => ({ type, told });

/** A column that may be empty, with its sentence. */
export const text = columnOf('text');
export const whole = columnOf('integer');
export const decimal = columnOf('number');
export const flag = columnOf('boolean');
export const moment = columnOf('instant');
export const day = columnOf('date');

/** One that never is. */
export const always = (column: ReportingColumn): ReportingColumn => ({ ...column, required: true });

const unit = 'department, by the code that it has in the document register';
/** They stand in every table of tickets, and mean the same in each. */
export const ticketColumns = {
  ticket_id: always(text('The ticket: a pseudonym, which no table here leads from to a person.')),
  department_code: always(text(`The ${unit}, as the ticket stands now (Art. 1).`)),
} as const;
export const departmentCode = text(`The ${unit}.`);
export const staffId = text('The civil servant, by the pseudonym that facts name people with; never a name.');
