import type { Instant } from '../../domain/kernel/instant';
import type { Projection } from '../ports/projection';
import type { Ports } from '../ports/ports';
import type { Row } from '../ports/read-models';

/** A row that waits to be acted upon. `dueAt` is an indexed column; a row without it waits for another fact. */
export type Todo = Row & {
  /** the row's own key */
  readonly key: string;
  readonly dueAt?: Instant;
};

/**
 * A process is a projection whose rows are to-dos. A fact puts a row there, the runner performs it when it is due,
 * the outcome is a fact with a derived id, and that fact removes the row. So a rebuild has no effect on the world.
 */
export type Process<T extends Todo = Todo> = Projection<T> & {
  /** Names this effect for ever: attempts are counted under it and the ids of its facts derive from it. */
  effectId(todo: T): string;
  /** Performs the effect and appends its outcome. A throw is tried again later, with back-off. */
  perform(ports: Ports, todo: T, at: Instant): Promise<void>;
  /** After the last attempt: the task for a person. Appends `TaskRaised`. */
  giveUp(ports: Ports, todo: T, at: Instant): Promise<void>;
  /** How many attempts before a person is asked; infinite where only the machine can do it. */
  readonly attempts: number;
  /** seconds before the next attempt, by how many there were, the last one holding from then on; left out, the usual ones */
  readonly waits?: readonly number[];
};

/** Every process keeps its due instants in this indexed column. */
export const todoColumns = { dueAt: 'text' } as const;
