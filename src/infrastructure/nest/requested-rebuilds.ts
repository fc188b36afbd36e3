import { pause } from '@tichet-albastru/kernel/pause';
import type { Ports } from '../../application/kernel/ports/ports';
import type { Projection } from '../../application/kernel/ports/projection';
import {
  newestAsking,
  noteRebuilt,
  type RebuildOutcome,
  type RebuildRequest,
  rebuildRequestOf,
} from '../../application/operation/table-rebuilds';
import type { ProjectorPorts } from '@tichet-albastru/event-log/projector/projector-ports';
import { dropUntellable, rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { outageOf } from '@tichet-albastru/event-log/database/storage-health';
import { errorCode } from '@tichet-albastru/kernel/error-code';

/** One row is read each time; people who have pressed a button wait for it. */
const lookMilliseconds = 500;
/** What is asked of each table is read so often although nothing tells that it is another. */
const everyMilliseconds = 30_000;

type FillingPorts = Ports & Pick<ProjectorPorts, 'rows' | 'unfinished'>;

const failed = ({ logger }: Pick<Ports, 'logger'>, name: string, error: unknown): void => {
  logger.error('background.failed', { name, kind: error instanceof Error ? error.name : 'unknown', code: errorCode(error) });
};

/**
 * One that somebody dropped on the way is begun again, and one that the database could not take for a while. What is interrupted by the end of
 * the process stays asked for.
 */
const fillOne = async (ports: FillingPorts, table: Projection, { at }: RebuildRequest, signal: AbortSignal): Promise<void> => {
  let outcome: RebuildOutcome | undefined;
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    try {
      await dropUntellable(ports, table, at);
      const rebuilt = outcome ?? (await rebuild(ports, table, { signal }));
      if (rebuilt !== 'interrupted') {
        outcome = rebuilt;
        await noteRebuilt(ports, table.name, rebuilt);
        return;
      }
    } catch (error) {
      if (isOver()) return;
      failed(ports, `rebuild ${table.name}`, error);
      if (outageOf(error) === undefined) outcome = 'failed';
    }
    await pause(lookMilliseconds, signal);
  }
};

/** Fills anew what somebody has asked for, until `signal` aborts: also what was asked of a process that has ended since. */
export const fillRequestedTables = async (ports: FillingPorts, tables: readonly Projection[], signal: AbortSignal): Promise<void> => {
  const underWay = new Map<string, Promise<void>>();
  let seen: string | undefined;
  /** Something may have been asked for while the same table was still being filled, or could not be read. */
  const again: { look: boolean } = { look: true };
  /** Who asks writes two registers, and may end between them. */
  let lookedAt = 0;
  const isOver = (): boolean => signal.aborted;
  const begin = async (table: Projection): Promise<void> => {
    const asked = await rebuildRequestOf(ports, table.name);
    if (asked === undefined || asked.outcome !== undefined || underWay.has(table.name)) return;
    const filling = fillOne(ports, table, asked, signal)
      .catch((error: unknown) => {
        failed(ports, `rebuild ${table.name}`, error);
      })
      .finally(() => {
        underWay.delete(table.name);
        again.look = true;
      });
    underWay.set(table.name, filling);
  };
  while (!isOver()) {
    try {
      const newest = await newestAsking(ports);
      if (newest !== seen || again.look || performance.now() - lookedAt > everyMilliseconds) {
        again.look = false;
        lookedAt = performance.now();
        try {
          for (const table of tables) await begin(table);
        } catch (error) {
          again.look = true;
          throw error;
        }
      }
      seen = newest;
    } catch (error) {
      if (!isOver()) failed(ports, 'rebuilds', error);
    }
    await pause(lookMilliseconds, signal);
  }
  await Promise.all(underWay.values());
};
