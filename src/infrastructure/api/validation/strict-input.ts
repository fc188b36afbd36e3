import { inBoth } from '../../phrasing/sentences';
import {
  type ArgumentMetadata,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
  type Type,
  ValidationPipe,
} from '@nestjs/common';
import { PARAMTYPES_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import type { FastifyRequest } from 'fastify';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observable } from 'rxjs';
import { forbiddenKeys } from '@tichet-albastru/kernel/strict-json';
import { invalidField, problemOfInvalid } from '../problem/invalid';

type Part = 'body' | 'query' | 'param';
type Checked = ReadonlyMap<string, unknown>;
/** What was checked of the request in hand. */
const checked = new AsyncLocalStorage<Checked>();

/** Unknown fields are an error; `__proto__` too, which class-transformer would take out in silence. */
export class StrictInput extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, forbidNonWhitelisted: true, stopAtFirstError: true, exceptionFactory: problemOfInvalid });
  }

  override transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    const before = checked.getStore();
    if (metadata.data === undefined && before?.has(metadata.type) === true) return Promise.resolve(before.get(metadata.type));
    const forbidden = typeof value === 'object' && value !== null ? Object.keys(value).find((name) => forbiddenKeys.has(name)) : undefined;
    if (forbidden !== undefined) throw invalidField(forbidden, inBoth.validation.validation.unknownField);
    return super.transform(value, metadata);
  }
}

const partOfKind: Readonly<Record<string, Part>> = {
  [RouteParamtypes.BODY]: 'body',
  [RouteParamtypes.QUERY]: 'query',
  [RouteParamtypes.PARAM]: 'param',
};
const isClass = (value: unknown): value is Type => typeof value === 'function';

/** The classes that the handler takes the body, the query or the path as. */
const classesOf = (controller: Type, handler: string): readonly (readonly [Part, Type])[] => {
  const parameters: unknown = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler);
  const prototype: unknown = controller.prototype;
  if (typeof prototype !== 'object' || prototype === null) return [];
  const types: unknown = Reflect.getMetadata(PARAMTYPES_METADATA, prototype, handler);
  if (typeof parameters !== 'object' || parameters === null || !Array.isArray(types)) return [];
  return Object.entries(parameters).flatMap(([key, parameter]: [string, { readonly index: number; readonly data?: unknown }]) => {
    const part = partOfKind[key.split(':')[0] ?? ''];
    const type: unknown = types[parameter.index];
    return part === undefined || parameter.data !== undefined || !isClass(type) ? [] : [[part, type] as const];
  });
};

/**
 * Checks the input before any pipe does: Nest runs the pipes of the whole application first, and one that a host sets there would refuse in
 * its own words, or take out what is to be refused.
 */
export class CheckedInput implements NestInterceptor {
  readonly #pipe = new StrictInput();

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { body, query, params: param } = context.switchToHttp().getRequest<FastifyRequest>();
    const values = { body, query, param };
    const found = new Map<string, unknown>();
    for (const [type, metatype] of classesOf(context.getClass(), context.getHandler().name))
      found.set(type, await this.#pipe.transform(values[type], { type, metatype, data: undefined }));
    return checked.run(found, () => next.handle());
  }
}
