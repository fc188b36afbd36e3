import type { Projection } from '../ports/projection';
import type { Build, BuildChange, ParkedEvent } from '../ports/projection-store';
import type { Row } from '../ports/read-models';
import { deriveNamed, deriveRows } from './derive-rows';
import { unknownKeyOf } from './fold-batch';
import { sentenceOf, type ProjectorPorts } from './projector-ports';

/**
 * `needs-rebuild`: which row the event belongs to could not be told when it came, so later ones have gone before it.
 * `of-another-program`: the table is none of this program's, so its code is not here.
 */
export type Retried = 'done' | 'still-parked' | 'not-found' | 'needs-rebuild' | 'of-another-program';

/** Applies the events of a parked key again, in their order, with the code as it is now. */
export const retryParked = async (ports: ProjectorPorts, projections: readonly Projection[], id: string): Promise<Retried> => {
  for (;;) {
    const found = await ports.rows.findParked(id);
    if (found === undefined) return 'not-found';
    const projection = projections.find(({ name, derived }) => name === found.projection || derived?.name === found.projection);
    if (projection === undefined) return 'of-another-program';
    if (found.key === unknownKeyOf(found.eventId)) return 'needs-rebuild';
    const build = (await ports.rows.builds()).find((standing) => standing.build === found.build);
    if (projection.version !== build?.version) return 'needs-rebuild';
    const all = await ports.rows.parkedEvents(build);
    const queue = all.filter(({ table, key }) => table === found.projection && key === found.key);
    const change =
      projection.name === found.projection
        ? await applyAgain(ports, projection, build, found.key, queue, all)
        : await deriveAgain(ports, projection, build, found.key, queue, all);
    // a row that stays as it is listed is not written: an operator who has seen it may decide about it under the same id
    const written = isAsListed(change, queue[0]) ? { ...unmoved(build, all), ...nothing } : change;
    if ((await ports.rows.commit([written])) === 'committed') return change.parks.length === 0 ? 'done' : 'still-parked';
  }
};

const nothing = { writes: [], parks: [], unparks: [] } as const;

/** It is parked again at the same event, for the same reason. No operator has seen another event or another error yet. */
const isAsListed = ({ parks }: BuildChange, head: ParkedEvent | undefined): boolean =>
  parks.some(
    ({ table, key, event, error }) =>
      table === head?.table && key === head.key && event.id === head.event.id && error !== undefined && error === head.error,
  );

const applyAgain = async (
  ports: ProjectorPorts,
  projection: Projection,
  build: Build,
  key: string,
  queue: readonly ParkedEvent[],
  parkedBefore: readonly ParkedEvent[],
): Promise<BuildChange> => {
  const before = await ports.rows.load(build, projection.name, [key]);
  let row: Row | undefined = before.get(key);
  const parks: ParkedEvent[] = [];
  for (const [index, parked] of queue.entries()) {
    try {
      row = projection.apply(row, ports.codec.decode(parked.event), key);
    } catch (error) {
      const { table, event } = parked;
      parks.push({ table, key, event, parkedAt: parked.parkedAt, error: sentenceOf(error) }, ...queue.slice(index + 1));
      break;
    }
  }
  const touched = new Set(row === before.get(key) ? [] : [key]);
  const after = new Map([[key, row]]);
  const derived = await deriveRows(ports, projection, build, { before, after, touched, parkedBefore, last: queue.at(-1)?.event });
  return {
    ...unmoved(build, parkedBefore),
    writes: [...[...touched].map((written) => ({ table: projection.name, key: written, row })), ...derived.writes],
    parks: [...parks, ...derived.parks],
    unparks: [{ table: projection.name, key }, ...derived.unparks],
  };
};

const deriveAgain = async (
  ports: ProjectorPorts,
  projection: Projection,
  build: Build,
  key: string,
  queue: readonly ParkedEvent[],
  parkedBefore: readonly ParkedEvent[],
): Promise<BuildChange> => {
  const event = queue.at(-1)?.event;
  const derived =
    projection.derived === undefined || event === undefined
      ? nothing
      : await deriveNamed(ports, projection.name, projection.derived, build, new Set([key]), { after: new Map(), parkedBefore }, event);
  return { ...unmoved(build, parkedBefore), ...derived };
};

const unmoved = (
  build: Build,
  parkedBefore: readonly ParkedEvent[],
): Pick<BuildChange, 'build' | 'expected' | 'next' | 'expectedParked'> => ({
  build,
  expected: build.checkpoint,
  next: build.checkpoint,
  expectedParked: parkedBefore.length,
});
