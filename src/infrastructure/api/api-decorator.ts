import { applyDecorators, type Type, UseGuards, UseInterceptors, UsePipes } from '@nestjs/common';
import { ApiExtension, ApiExtraModels, ApiHeader, ApiOperation, ApiResponse, ApiTags, getSchemaPath } from '@nestjs/swagger';
import { STATUS_CODES } from 'node:http';
import { AccessGuard } from './access/access-guard';
import { CommandInterceptor } from './commands/command-interceptor';
import { ReachedPosition } from './commands/reached-position';
import type { ProblemCode } from '../phrasing/problems/catalogue';
import { OwnRoutes } from './own-routes';
import { CheckedInput, StrictInput } from './validation/strict-input';

const strictInput = new StrictInput();
const checkedInput = new CheckedInput();

/**
 * A group of routes of the contract. Everything that guards them hangs on the group itself and not on the application,
 * so that it guards them in a host application too, and nothing else there.
 */
export const Api = (path: string, tag: string): ClassDecorator =>
  applyDecorators(
    OwnRoutes(path),
    UseGuards(AccessGuard),
    UseInterceptors(ReachedPosition, checkedInput),
    UsePipes(strictInput),
    ApiTags(tag),
  );

/** A success: its JSON class or possible classes, texts of these media types (and JSON, where a client may ask for it), or no body. */
type Success = Type | readonly Type[] | { readonly text: readonly string[]; readonly json?: Type } | 'no-body';

/** An answer as plain data: its class says what it looks like, and is never instantiated. */
export type Plain<T> = T extends object ? { readonly [Name in keyof T]: Plain<T[Name]> } : T;

/** By it a route tells the document which refusals are its own; it is not left in it. */
export const refusalsExtension = 'x-refusals';

type Content = Readonly<
  Record<string, { readonly schema: { readonly $ref: string } | { oneOf: { $ref: string }[] } | { readonly type: 'string' } }>
>;
const jsonOf = (types: readonly Type[]): Content => {
  const references = types.map((type) => ({ $ref: getSchemaPath(type) }));
  const [only, ...others] = references;
  return { 'application/json': { schema: only !== undefined && others.length === 0 ? only : { oneOf: references } } };
};
const textsOf = (mediaTypes: readonly string[]): Content =>
  Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: { type: 'string' } as const }]));
const shown = (success: Success): { readonly types: readonly Type[]; readonly content?: Content } => {
  if (success === 'no-body') return { types: [] };
  if (typeof success === 'function') return { types: [success], content: jsonOf([success]) };
  if (!('text' in success)) return { types: success, content: jsonOf(success) };
  const { json, text } = success;
  return json === undefined ? { types: [], content: textsOf(text) } : { types: [json], content: { ...jsonOf([json]), ...textsOf(text) } };
};

/**
 * One operation of the contract: what it does, every success by its status, and the refusals of its own.
 * Its id is the method's name. What every guard on the way in may say is added from the route itself.
 */
export const Operation = (
  summary: string,
  successes: Readonly<Record<number, Success>>,
  refusals: readonly ProblemCode[] = [],
): MethodDecorator => {
  const answers = Object.entries(successes).map(([status, success]) => ({ status: Number(status), ...shown(success) }));
  return applyDecorators(
    ApiOperation({ summary }),
    ApiExtension(refusalsExtension, refusals),
    ApiExtraModels(...answers.flatMap(({ types }) => types)),
    ...answers.map(({ status, content }) =>
      ApiResponse({ status, description: STATUS_CODES[status] ?? '', ...(content === undefined ? {} : { content: { ...content } }) }),
    ),
  );
};

/** An operation whose handler returns an order: it is carried out, once under each key, and answered. */
export const CommandOperation = (...operation: Parameters<typeof Operation>): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'The same key and body answer the same; another body is a conflict.',
    }),
    Operation(...operation),
    UseInterceptors(CommandInterceptor),
  );
