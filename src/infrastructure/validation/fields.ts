import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import { ValidateBy, ValidateIf, ValidateNested } from 'class-validator';
import { isUuid } from '@tichet-albastru/event-log/ports/identifiers';
import { isEmailAddress } from '../../domain/kernel/email-address';
import { isBlank } from '../../domain/kernel/blank';
import { isCivilDate, parseInstant } from '../../domain/time/civil-time';
import { defined } from '@tichet-albastru/kernel/defined';
import { meetingLinkFault } from '../../domain/ticket/meeting-link';
import { weekdays } from '../../domain/staff/staff-member';
import { inBoth, type Sentence } from '../phrasing/sentences';
import { inOneText } from './sentences';

type FieldOptions = {
  readonly description?: string;
  readonly optional?: true;
  /** in the example of the body that has it */
  readonly example?: string | number | boolean;
  /** one of several ways of saying the same, of which the example of the body shows another */
  readonly notInExample?: true;
};

const withoutExample = ({ example: _, ...shown }: ApiPropertyOptions): ApiPropertyOptions => shown;

/** One field of a body or query: how it is checked, what is said when it is wrong, and how the document shows it. */
const field = (
  name: string,
  words: () => Sentence,
  holds: (value: unknown) => boolean,
  shown: ApiPropertyOptions,
  { description, optional, example, notInExample }: FieldOptions,
): PropertyDecorator =>
  applyDecorators(
    (optional === true ? ApiPropertyOptional : ApiProperty)({
      ...(notInExample === true ? withoutExample(shown) : shown),
      ...defined({ description, example }),
    }),
    ValidateBy({ name, validator: { validate: holds, defaultMessage: () => inOneText(words()) } }),
    ...(optional === true ? [ValidateIf((_: object, value: unknown) => value !== undefined)] : []),
  );

const control = /[\p{Cc}\p{Cs}]/u;
const controlButLines = /(?![\n\r\t])[\p{Cc}\p{Cs}]/u;

/** Text of one line, or of many with `lines`; never empty, never only of what cannot be seen. */
export const Text = (options: FieldOptions & { readonly max: number; readonly lines?: true }): PropertyDecorator =>
  field(
    'text',
    () => inBoth.validation.fields.text({ max: options.max }),
    (value) =>
      typeof value === 'string' &&
      !isBlank(value) &&
      value.length <= options.max &&
      !(options.lines === true ? controlButLines : control).test(value),
    { type: String, minLength: 1, maxLength: options.max },
    options,
  );

/** Text of a known form. */
export const Form = (
  options: FieldOptions & { readonly pattern: RegExp; readonly words: Sentence; readonly example: string },
): PropertyDecorator =>
  field(
    'form',
    () => options.words,
    (value) => typeof value === 'string' && options.pattern.test(value),
    { type: String, pattern: options.pattern.source, example: options.example },
    options,
  );

export const OneOf = (values: readonly string[], options: FieldOptions = {}): PropertyDecorator =>
  field(
    'oneOf',
    () => inBoth.validation.fields.oneOf({ values: values.join(', ') }),
    (value) => typeof value === 'string' && values.includes(value),
    { type: String, enum: [...values] },
    options,
  );

/** An instant with its offset or `Z`. */
export const AnInstant = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'instant',
    () => inBoth.validation.fields.instant,
    (value) => typeof value === 'string' && value.length <= 40 && parseInstant(value) !== undefined,
    { type: String, format: 'date-time', example: '2026-03-05T08:00:00.000Z' },
    options,
  );

export const ADate = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'date',
    () => inBoth.validation.fields.date,
    (value) => typeof value === 'string' && isCivilDate(value),
    { type: String, format: 'date', example: '2026-03-02' },
    options,
  );

export const Whole = (options: FieldOptions & { readonly from: number; readonly to: number }): PropertyDecorator =>
  field(
    'whole',
    () => inBoth.validation.fields.whole({ from: options.from, to: options.to }),
    (value) => typeof value === 'number' && Number.isInteger(value) && value >= options.from && value <= options.to,
    { type: 'integer', minimum: options.from, maximum: options.to },
    options,
  );

/** The same in a query, where everything is text. */
export const WholeInQuery = (options: FieldOptions & { readonly from: number; readonly to: number }): PropertyDecorator =>
  applyDecorators(
    Whole(options),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : value)),
  );

export const TrueOnly = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'trueOnly',
    () => inBoth.validation.fields.trueOnly,
    (value) => value === true,
    { type: Boolean, enum: [true] },
    options,
  );

export const Truth = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'truth',
    () => inBoth.validation.fields.truth,
    (value) => typeof value === 'boolean',
    { type: Boolean },
    options,
  );

export const AnEmail = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'email',
    () => inBoth.validation.fields.email,
    (value) => typeof value === 'string' && isEmailAddress(value),
    { type: String, format: 'email', maxLength: 254, example: 'andrei@exemplu.ro' },
    options,
  );

export const Phone = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'phone',
    () => inBoth.validation.fields.phone,
    (value) => typeof value === 'string' && value.length <= 32 && /^\+?[\d .()/-]+$/.test(value) && /^(?:\D*\d){6,20}\D*$/.test(value),
    { type: String, example: '+40 264 596 030' },
    options,
  );

/** A link that a browser opens: https only, and nothing in it that could deceive. */
export const Link = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'link',
    () => inBoth.validation.fields.link,
    (value) => typeof value === 'string' && meetingLinkFault(value) === undefined,
    { type: String, format: 'uri', maxLength: 2048, example: 'https://primaria.webex.com/j/1' },
    options,
  );

/** A uuid, as ids of tickets are. */
export const AnId = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'id',
    () => inBoth.validation.fields.id,
    (value) => typeof value === 'string' && isUuid(value),
    { type: String, format: 'uuid' },
    options,
  );

/** Not dots alone: programs take such a part out of an address. */
const nameForm = /^\.*[\w-][\w.-]*$/;

/** A pseudonymous id that another system gave, as a staff id: letters, digits, dots and dashes. */
export const AName = (options: FieldOptions = {}): PropertyDecorator =>
  field(
    'name',
    () => inBoth.validation.fields.name,
    (value) => typeof value === 'string' && value.length <= 64 && nameForm.test(value),
    { type: String, maxLength: 64, pattern: nameForm.source, example: 's002' },
    options,
  );

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);

/** So many objects at most, each checked by its class. */
export const ListOf = (element: new () => object, options: FieldOptions & { readonly max: number }): PropertyDecorator =>
  applyDecorators(
    field(
      'list',
      () => inBoth.validation.fields.list({ max: options.max }),
      (value) => Array.isArray(value) && value.length <= options.max && value.every(isObject),
      { type: element, isArray: true, maxItems: options.max, example: [] },
      options,
    ),
    ValidateNested({ each: true, message: () => inOneText(inBoth.validation.fields.list({ max: options.max })) }),
    Type(() => element),
  );

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
