import { isPersonalText } from '../../../domain/kernel/personal-text';
import { parseInstant } from '../../../domain/time/civil-time';
import type { Locale, TicketFact } from '../../../domain/ticket/facts';
import { plainDate, numberInWords } from '../words/dates';
import type { Seals } from './opened-texts';
import { moment, requestInWords, slotInWords } from './told';
import { saidOf, sentences } from '../sentences';

type FieldOf<F> = F extends { readonly data: infer Data } ? keyof Data : never;
/** Every field that a fact of a ticket may have. */
type FactField = FieldOf<TicketFact>;
/** What the state beside it already shows, and what only machines ask for. */
type FieldInState = keyof typeof inState;
type SaidField = Exclude<FactField, FieldInState>;

export type FactRow = { readonly label: string; readonly value: string };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const date = /^\d{4}-\d{2}-\d{2}$/;
const codes: readonly string[] = ['reason', 'by', 'cause', 'recordKind', 'about', 'channel', 'outcome'];

const textInWords = (field: string, text: string, locale: Locale): string => {
  if (parseInstant(text) === text) return moment(text, locale);
  if (date.test(text)) return plainDate(text, locale);
  return codes.includes(field) ? (saidOf(sentences[locale].audit.facts.values, text) ?? text) : text;
};

/** `hours 48` */
const policyValue = (value: unknown): string => {
  if (value === null) return '–';
  const parts = isObject(value) ? Object.entries(value).map(([name, amount]) => `${name} ${JSON.stringify(amount)}`) : [value];
  return parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(', ');
};

const objectInWords = (value: Readonly<Record<string, unknown>>, seals: Seals, locale: Locale): string => {
  const { startsAt, endsAt, number, filedOn, slot, staffId, name, version } = value;
  if (typeof startsAt === 'string' && typeof endsAt === 'string') return slotInWords({ startsAt, endsAt }, locale);
  if (typeof number === 'string' && typeof filedOn === 'string') return requestInWords({ number, filedOn }, locale);
  // a former place
  if (isObject(slot) && typeof staffId === 'string') return `${objectInWords(slot, seals, locale)} · ${staffId}`;
  // the stamp of a policy
  if (typeof name === 'string' && typeof version === 'number') return `${name} v${version}: ${policyValue(value['value'])}`;
  return JSON.stringify(value);
};

const inWords = (field: string, value: unknown, seals: Seals, locale: Locale): string => {
  // in the log every personal text is sealed; one that is not is no more for this reader’s eyes
  if (isPersonalText(value)) return seals.read(value, locale);
  if (Array.isArray(value)) return value.map((item) => inWords(field, item, seals, locale)).join('; ');
  if (isObject(value)) return objectInWords(value, seals, locale);
  if (typeof value === 'boolean') return value ? sentences[locale].audit.facts.yes : sentences[locale].audit.facts.no;
  if (typeof value === 'number') return numberInWords(value, locale);
  return typeof value === 'string' ? textInWords(field, value, locale) : JSON.stringify(value);
};

const inState = {
  request: true,
  staffId: true,
  department: true,
  departmentCode: true,
  mode: true,
  slot: true,
  holdId: true,
  reference: true,
  heldUntil: true,
  ground: true,
  contact: true,
  recordingNotice: true,
  locale: true,
} as const satisfies Readonly<Partial<Record<FactField, true>>>;
/** Every field that is not shown elsewhere has its name, or this does not compile. */
const fieldNames = (locale: Locale): Readonly<Record<SaidField, string>> => sentences[locale].audit.facts.fields;
const isSaidHere = (field: string, locale: Locale): field is SaidField => !(field in inState) && field in fieldNames(locale);

/** What a fact says beyond the state that it made: why, on whose part, by when, under which policies. */
export const factRows = ({ type, data }: TicketFact, seals: Seals, locale: Locale): readonly FactRow[] =>
  Object.entries(data).flatMap(([field, value]: readonly [string, unknown]) => {
    if (!isSaidHere(field, locale) || value === undefined) return [];
    const told =
      type === 'TaskRaised' && field === 'kind' ? sentences[locale].audit.steps.tasks[data.kind] : inWords(field, value, seals, locale);
    return [{ label: fieldNames(locale)[field], value: told }];
  });
