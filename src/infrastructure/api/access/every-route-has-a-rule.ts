import type { Type } from '@nestjs/common';
import { GUARDS_METADATA, METHOD_METADATA } from '@nestjs/common/constants';

/** What opens these routes: a guard on every group, and a rule on every route of it. */
export type Door = { readonly guard: Type; readonly rule: string };

const isFunction = (value: unknown): value is (...parts: never[]) => unknown => typeof value === 'function';

const routesOf = ({ prototype }: Type): readonly ((...parts: never[]) => unknown)[] =>
  Object.getOwnPropertyNames(prototype)
    .map((name): unknown => Object.getOwnPropertyDescriptor(prototype, name)?.value)
    .filter(isFunction)
    .filter((handler) => Reflect.hasMetadata(METHOD_METADATA, handler));

/**
 * A route without a rule is closed to all, and a group without the guard is open to all: both are mistakes. The service does not start
 * with one.
 */
export const everyRouteHasARule = (controllers: readonly Type[], { guard, rule }: Door): void => {
  const faults = controllers.flatMap((controller) => {
    const guards: unknown = Reflect.getMetadata(GUARDS_METADATA, controller);
    const without = routesOf(controller).filter((route) => !Reflect.hasMetadata(rule, route) && !Reflect.hasMetadata(rule, controller));
    return [
      ...(Array.isArray(guards) && guards.includes(guard) ? [] : [`${controller.name} has no guard`]),
      ...without.map(({ name }) => `${controller.name}.${name} has no rule`),
    ];
  });
  if (faults.length > 0) throw new Error(`Who may enter is not said: ${faults.join(', ')}.`);
};
