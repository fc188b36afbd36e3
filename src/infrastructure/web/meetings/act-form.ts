import type { ComponentChildren } from 'preact';
import type { FastifyRequest } from 'fastify';
import type { Done } from '../../../application/kernel/done';
import type { MeetingCard } from '../../../application/meeting/meeting-card';
import type { Slots } from '../../../application/booking/slots';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import type { Form } from '../forms/form';
import type { FormService } from '../forms/form-service';
import type { Fault } from '../parts/fields';
import type { Colleague } from './calendar-service';

/** The free hours from which a civil servant picks a new one (Art. 8). */
export type HoursOffered = {
  readonly slots: Slots;
  /** the day whose hours are shown */
  readonly day: CivilDate;
  /** Art. 4: from here on no agreement is needed */
  readonly freelyFrom: Instant;
};

/** What the page of an act knows besides what was typed. */
export type Known = {
  readonly card: MeetingCard;
  readonly locale: Locale;
  readonly at: Instant;
  /** who else may take the meeting (A3) */
  readonly colleagues: readonly Colleague[];
  readonly hours?: HoursOffered;
  /** Art. 5, of the IT service */
  readonly instructions?: string;
};

/** What stands in a field: what was typed, `undefined` before anything was. */
export type Typed = (name: string) => string | undefined;

/** A form that was read: what is wrong with it, or the command that it stands for. */
export type ReadAct =
  | { readonly faults: readonly Fault[] }
  | { readonly carryOut: (forms: FormService, request: FastifyRequest) => Promise<Done<unknown> | Refusal> };

export type ActForm = {
  /** the field that a refusal without a field of its own is shown at */
  readonly first: string;
  readonly fields: (known: Known, typed: Typed, faults: readonly Fault[]) => ComponentChildren;
  readonly read: (known: Known, form: Form) => Promise<ReadAct>;
};

/** A choice that was not made, a field that was left empty: said in its own words before the general rules are asked. */
export const missing = (form: Form, wanted: Readonly<Record<string, string>>): readonly Fault[] =>
  Object.entries(wanted).flatMap(([field, message]) => (form.text(field) === '' ? [{ field, message }] : []));

/** The faults of both, the first one of each field. */
export const together = (...lists: readonly (readonly Fault[])[]): readonly Fault[] => {
  const all = lists.flat();
  return all.filter(({ field }, index) => all.findIndex((other) => other.field === field) === index);
};
