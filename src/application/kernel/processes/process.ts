import type { Instant } from '../../../domain/kernel/fact';
import type { Projection } from '../ports/projection';
import type { Ports } from '../ports/ports';
import type { Condition, Row } from '../ports/read-models';
import type { Waits } from './back-off';

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
  /**
   * Of an effect that ended well without its outcome, because the outcome is still to come: when to look again.
   * Nothing, and it is done.
   */
  again?(todo: T, at: Instant): Instant | undefined;
  /** Which due rows are still worth a look, where rows stay although nothing more is to come of them. */
  among?(at: Instant): readonly Condition[];
  /** How many attempts before a person is asked; infinite where only the machine can do it. */
  readonly attempts: number;
  /** how long it waits after a failure; the usual seconds and minutes when left out */
  readonly waits?: Waits;
  /** After this instant the effect is of little use: where the next attempt would come later, a person is asked at once. */
  uselessAfter?(todo: T): Instant | undefined;
};

/** Every process keeps its due instants in this indexed column. */
export const todoColumns = { dueAt: 'text' } as const;
