import type { Provider } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { inBoth, SaidError } from '../phrasing/sentences';
import { nearestTo } from '../runtime/nearest';
import type { TichetAlbastruMounting, TichetAlbastruOptions } from './options';
import { lackingIn, portNames } from './own-ports';
import { declaredToken, optionsToken } from './tokens';

/** The module cannot stand in the application as the host declares it. */
export class OptionsUnusable extends SaidError {
  override readonly name = 'OptionsUnusable';
}

const options = { settings: true, ports: true, projections: true, subscriptions: true, processes: true } as const;
const mounting = { http: true, web: true, eventBus: true, mountPath: true } as const;
const optionNames = Object.keys(options satisfies Record<keyof TichetAlbastruOptions, true>);
const mountingNames = Object.keys(mounting satisfies Record<keyof TichetAlbastruMounting, true>);
/** It comes with the ports of the test kit, and belongs to their store. */
const broughtAlong = 'streamCache';

const said = () => inBoth.unusable.options;
const isObject = (given: unknown): given is object => typeof given === 'object' && given !== null;
const mustBeKnown = (given: object, known: readonly string[], where: 'option' | 'port'): void => {
  const name = Object.keys(given).find((key) => !known.includes(key));
  if (name !== undefined) throw new OptionsUnusable(said()[where]({ name, nearest: nearestTo(name, known)[0] ?? '' }));
};

/**
 * What stands beside the factory of `forRootAsync`, or all that `forRoot` is given.
 * @throws OptionsUnusable that names the nearest option there is
 */
export const mustBeOptions = (given: object, { beside }: { readonly beside: boolean }): void => {
  mustBeKnown(given, beside ? mountingNames : [...optionNames, ...mountingNames], 'option');
};

/** @throws OptionsUnusable before anything is opened */
const optionsOf = (given: unknown, modules: ModulesContainer, module: unknown): TichetAlbastruOptions => {
  if ([...modules.values()].filter(({ metatype }) => metatype === module).length > 1) throw new OptionsUnusable(said().twice);
  if (!isObject(given)) throw new OptionsUnusable(said().noObject({ name: 'options' }));
  const early = mountingNames.find((name) => name in given);
  if (early !== undefined) throw new OptionsUnusable(said().inFactory({ name: early }));
  mustBeKnown(given, optionNames, 'option');
  const ports: unknown = Reflect.get(given, 'ports') ?? {};
  if (!isObject(ports)) throw new OptionsUnusable(said().noObject({ name: 'ports' }));
  mustBeKnown(ports, [...portNames, broughtAlong], 'port');
  for (const [name, port] of Object.entries(ports)) {
    const lacking = name === broughtAlong ? [] : lackingIn(name, port);
    if (lacking.length > 0) throw new OptionsUnusable(said().functions({ name, functions: lacking.join(', ') }));
  }
  return given;
};

/** The options, looked at by name and function, because a host may be written in JavaScript. */
export const checkedOptions = (module: object): Provider => ({
  provide: optionsToken,
  inject: [declaredToken, ModulesContainer],
  useFactory: (given: unknown, modules: ModulesContainer) => optionsOf(given, modules, module),
});
