import type { FastifyRequest } from 'fastify';
import type { Done } from '../../../application/kernel/done';
import type { CommandClass } from '../../../application/kernel/message';
import type { StoredCommand } from '../../../application/kernel/ports/operations';
import type { Slots } from '../../../application/booking/slots';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import type { RecordingNotice } from '../../../domain/ticket/request-ticket';
import type { CommandService } from '../../api/commands/command-service';
import { type Sentences, sentences } from '../../phrasing/sentences';
import { faultsOfBody, type Typed } from '../forms/checked';
import type { Form } from '../../api/body/form';
import { faultsOfFields, type Field, type FormPart, typedInto } from '../forms/form-fields';
import type { Fault } from '../parts/fields';
import type { Colleague } from '../registry/request-parts';
import { leadTimeInWords } from '../../phrasing/words/lead-time';
import type { Department } from './calendar-service';
import { instantTyped, notBefore } from './typed-time';

/** How many days are shown at once. */
export const daysAtOnce = 14;

/** The free hours from which a civil servant picks a new one (Art. 8). */
export type HoursOffered = {
  /** the official whose hours they are: a head may choose another one (A3) */
  readonly staffId: string;
  readonly slots: Slots;
  /** the day whose hours are shown */
  readonly day: CivilDate;
  /** Art. 4: from here on no agreement is needed */
  readonly freelyFrom: Instant;
};

/** What the form of an act knows of the meeting. */
export type Known = {
  readonly card: MeetingCard;
  readonly locale: Locale;
  readonly at: Instant;
  /** Art. 4 */
  readonly leadTime: ReturnType<typeof leadTimeInWords>;
  /** who else may take the meeting (A3) */
  readonly colleagues: readonly Colleague[];
  readonly hours?: HoursOffered;
  /** to whom else it may be offered (Art. 8) */
  readonly departments?: readonly Department[];
  /** Art. 5, of the IT service */
  readonly instructions?: string;
  /** A14: what is read to a citizen who is to be met online from now on */
  readonly notice: RecordingNotice;
};

/** Has the command carried out for the official who sent the form. */
export type Order = (commands: CommandService, request: FastifyRequest) => Promise<Done<unknown> | Refusal>;

/** The form of one act: its fields, and the command that they make. */
export type ActForm = {
  /** there is only the button */
  readonly nothingTyped: boolean;
  /** the field that a refusal without a field of its own is shown at */
  readonly first: string;
  readonly parts: (known: Known) => readonly FormPart[];
  /** what is wrong with what was typed, or the command that it stands for */
  readonly read: (known: Known, form: Form) => { readonly faults: readonly Fault[] } | { readonly carryOut: Order };
};

export type Words = Sentences['meetings']['fields'];
type Declared<Given extends object> = {
  readonly nothingTyped?: boolean;
  readonly first?: string;
  readonly parts: (words: Words, known: Known) => readonly FormPart[];
  /** what was typed, as the command takes it */
  readonly given: (typed: Typed, known: Known) => Given;
  /** the body of the API that has the same fields; `at`: where a field of it is typed under another name */
  readonly body?: new () => object;
  readonly at?: Readonly<Record<string, string>>;
  readonly order: (given: Given, ticketId: string) => Order;
};

export const act = <Given extends object>({
  nothingTyped = false,
  first,
  parts,
  given,
  body,
  at = {},
  order,
}: Declared<Given>): ActForm => {
  const partsOf = (known: Known) => parts(sentences[known.locale].meetings.fields, known);
  return {
    nothingTyped,
    first: first ?? 'continut',
    parts: partsOf,
    read: (known, form) => {
      const shown = partsOf(known);
      const typed = typedInto(shown, form);
      const values = given(typed, known);
      const own = faultsOfFields(shown, typed);
      const general = body === undefined ? [] : faultsOfBody(Object.assign(new body(), values), known.locale);
      const others = general
        .map(({ field, message }) => ({ field: at[field] ?? field, message }))
        .filter(({ field }) => !own.some((fault) => fault.field === field));
      const faults = [...own, ...others];
      return faults.length > 0 ? { faults } : { carryOut: order(values, known.card.ticketId) };
    },
  };
};

/** The fields of a body of the API that are typed as they are. */
export const asTypedFor = <Body extends object>(body: new () => Body) => ({
  body,
  given: (typed: Typed): { [Field in keyof Body]: Body[Field] } => Object.assign(new body(), defined(typed)),
});

export const carry =
  <C, T>(useCase: CommandClass<C, Done<T>>, ticketId: string, command: (kept: StoredCommand) => C): Order =>
  (commands, request) =>
    commands.carryOut(request, { useCase, ticketId, command });

export const withoutFields = { nothingTyped: true, parts: () => [], given: () => ({}) };

export const isOneOf = <T extends string>(all: readonly T[], text: string | undefined): T | undefined => all.find((one) => one === text);

/** A date and a time of Romania's clocks. */
export const dateField = (words: Words, value: string): Field => ({
  name: 'date',
  type: 'date',
  width: 'middle',
  label: words.date,
  value,
});
export const timeField = (words: Words, name: string, label: string, value: string): Field => ({
  name,
  type: 'time',
  width: 'middle',
  label,
  value,
  wrong: (time, { date = '' }) => (instantTyped(date, time) === undefined ? words.notATime : undefined),
});
/** Empty for what is no date or time, which is said at its field. */
export const momentTyped = (date = '', time = '', earliest?: Instant): string => {
  const typed = instantTyped(date, time);
  return typed === undefined ? '' : notBefore(typed, earliest);
};
export const note = (text: string): FormPart => ({ kind: 'note', note: <p class="hint">{text}</p> });
