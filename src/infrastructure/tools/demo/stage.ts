import type { Done } from '../../../application/kernel/done';
import { type CommandContext, commandOf } from '../../../application/kernel/execute';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../../application/kernel/ports/ports';
import { drain } from '../../../application/kernel/processes/runner';
import type { Actor, Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import { createCatchUp } from '@tichet-albastru/event-log/projector/projector';
import type { OpenedPorts } from '../../nest/provided';
import { everyTable } from '../../nest/tables';

/** A clock that stands where it was put, and never goes back. */
type MovingClock = Clock & { moveTo(instant: Instant): void };

export const movingClock = (start: Instant): MovingClock => {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      if (instant > now) now = instant;
    },
  };
};

/** The demonstration cannot be told: a use case said no where the story has it say yes. */
class DemoRefused extends Error {
  override readonly name = 'DemoRefused';
}

/** The real use cases and processes, with a clock that is moved through the days of the story. */
export type Stage = {
  readonly ports: Ports;
  readonly clock: MovingClock;
  /** Carries out a use case at the clock's instant. @throws DemoRefused */
  readonly act: <T>(actor: Actor, command: (context: CommandContext) => Promise<Done<T> | Refusal>) => Promise<T>;
  /** Moves the clock, and lets the processes do what is due by then, so many of its effects at once. */
  readonly passTo: (instant: Instant, together?: number) => Promise<void>;
};

/** What the demonstration is told to. */
export type DemoPorts = Pick<OpenedPorts, 'ports' | 'rows' | 'projections' | 'processes'>;

export const createStage = async ({ ports: opened, rows, ...tables }: DemoPorts, clock: MovingClock): Promise<Stage> => {
  const { readModels } = opened;
  const catchUp = await createCatchUp({ ...opened, rows, clock }, everyTable(tables));
  let folded: Promise<Position> = Promise.resolve('');
  /** One after another: there is no other writer here, and what is folded is known without asking the tables. */
  const fold = (position: Position): Promise<Position> => (folded = folded.then((upTo) => (upTo < position ? catchUp() : upTo)));
  const ports: Ports = {
    ...opened,
    clock,
    readModels: {
      get: (projection, key) => readModels.get(projection, key),
      select: (projection, selection) => readModels.select(projection, selection),
      count: (projection, where) => readModels.count(projection, where),
      position: (projection) => readModels.position(projection),
      parked: () => readModels.parked(),
      changes: (signal) => readModels.changes(signal),
      // no other process follows the log here
      reached: async (position, timeoutMilliseconds) => {
        await fold(position);
        return readModels.reached(position, timeoutMilliseconds);
      },
    },
  };
  return {
    ports,
    clock,
    act: async (actor, command) => {
      const commandId = ports.identifiers.next();
      // the program that fills the folder tells the story: who may do what is not checked here
      const outcome = await command({ ...commandOf({ kind: 'host' }, commandId, clock.now()), actor });
      if (isRefusal(outcome)) throw new DemoRefused(`${outcome.code} ${JSON.stringify(outcome.details ?? {})} ${clock.now()}`);
      return outcome.value;
    },
    passTo: async (instant, together = 1) => {
      clock.moveTo(instant);
      await drain(ports, tables.processes, clock.now(), { concurrency: together });
    },
  };
};
