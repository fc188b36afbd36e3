import { defined } from '../kernel/defined';
import { isPersonalText, type PersonalText } from '../kernel/personal-text';
import type { TicketState } from '../ticket/state';
import { partsOf } from './history-steps';

export type Leaf = string | number | boolean | null | PersonalText;

/** One value of a ticket that a step changed. `name` is its way through the state, as `slot.startsAt`. Absent: there was, or is, none. */
export type StateChange<Value = Leaf> = { readonly name: string; readonly before?: Value; readonly after?: Value };

const leavesOf = (value: unknown, name: string): readonly (readonly [name: string, leaf: Leaf])[] => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
  if (isPersonalText(value)) return [[name, value]];
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([inner, item]: readonly [string, unknown]) =>
    leavesOf(item, name === '' ? inner : `${name}.${inner}`),
  );
};

const leaves = (state: TicketState): ReadonlyMap<string, Leaf> => new Map(state.status === 'absent' ? [] : leavesOf(partsOf(state), ''));

/** What became of a ticket, value by value, in the order of the state; only what is not as it was. */
export const stateChanges = (before: TicketState, after: TicketState): readonly StateChange[] => {
  const [was, is] = [leaves(before), leaves(after)];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((name) => {
    const [old, now] = [was.get(name), is.get(name)];
    if (JSON.stringify(old) === JSON.stringify(now)) return [];
    return [{ name, ...defined({ before: old, after: now }) }];
  });
};
