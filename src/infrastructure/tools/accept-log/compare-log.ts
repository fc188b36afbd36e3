import { openingLetters } from '../../../application/booking/opening';
import type { EventStore, Position } from '@tichet-albastru/event-log/ports/event-store';
import { isUuid } from '@tichet-albastru/event-log/ports/identifiers';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import { tables } from '../../../application/kernel/ports/tables';
import type { Instant } from '../../../domain/kernel/fact';
import { ticketStream } from '../../../domain/ticket/facts';
import { commandIdOf, recordedAtOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { type CheckpointStore, hashesOfATile, hashIn, leafHash } from '@tichet-albastru/signed-log';
import { type CarriedRows, pagesOf } from '../copy/carry-operations';

/** What other records speak of, whether or not the log has it. */
export type Witnessed = {
  /** of commands under a key */
  readonly commands: Set<string>;
  /** by the id of the event that asks for an effect: the ticket */
  readonly causes: Map<string, string>;
  readonly tickets: Set<string>;
};

/** Attempts of effects are counted under process, ticket and cause. Letters with which a ticket is opened are asked for by nothing in the log. */
export const causeIn = (effectId: string): { readonly ticketId: string; readonly causeId: string } | undefined => {
  const [processName, ticketId = '', causeId = '', ...rest] = effectId.split(':');
  return processName === openingLetters || rest.length === 0 || !isUuid(ticketId) || !isUuid(causeId) ? undefined : { ticketId, causeId };
};

const rowsAtOnce = 1000;

/** Tickets, causes and commands that tables, letters, attempts and answers name. */
export const whatOthersSay = async (
  operations: Pick<CarriedRows, 'after'>,
  rows: Pick<ProjectionStore, 'builds' | 'page'>,
): Promise<Witnessed> => {
  const witnessed: Witnessed = { commands: new Set(), causes: new Map(), tickets: new Set() };
  for await (const page of pagesOf(operations, 'idempotency')) for (const { commandId } of page) witnessed.commands.add(commandId);
  for await (const page of pagesOf(operations, 'attempts'))
    for (const { effectId } of page) {
      const cause = causeIn(effectId);
      if (cause !== undefined) witnessed.causes.set(cause.causeId, cause.ticketId);
    }
  for await (const page of pagesOf(operations, 'outbox'))
    for (const { ticketId } of page) if (isUuid(ticketId)) witnessed.tickets.add(ticketId);
  const live = (await rows.builds()).find(({ projection, state }) => projection === tables.ticketStatus && state === 'live');
  for (let last: string | undefined = ''; live !== undefined && last !== undefined;) {
    const page: readonly string[] = [...(await rows.page(live, tables.ticketStatus, last, rowsAtOnce)).keys()];
    for (const ticketId of page) witnessed.tickets.add(ticketId);
    last = page.at(-1);
  }
  return witnessed;
};

/** How far the log is what was signed of it. */
export type Common = { readonly events: number; readonly position: Position; readonly recordedAt?: Instant };

/**
 * Reads the log once. What it has is taken from `witnessed`: what stays there is gone.
 * @param sealed events under the newest checkpoint; those behind it are not known to be what was acknowledged
 */
export const compareWithLog = async (
  store: EventStore,
  witnessed: Witnessed,
  { checkpoints, sealed }: { readonly checkpoints: CheckpointStore; readonly sealed: number },
): Promise<Common> => {
  let common: Common = { events: 0, position: '' };
  let isCommon = true;
  let number = 0;
  let tile: Buffer | undefined;
  for await (const event of store.readAll()) {
    witnessed.causes.delete(event.id);
    const commandId = commandIdOf(event);
    if (commandId !== undefined) witnessed.commands.delete(commandId);
    if (event.revision === 0 && event.stream.startsWith(ticketStream('')))
      witnessed.tickets.delete(event.stream.slice(ticketStream('').length));
    if (isCommon && number < sealed) {
      const index = Math.floor(number / hashesOfATile);
      if (number % hashesOfATile === 0) tile = await checkpoints.tile({ level: 0, index });
      const leaf = tile && hashIn(tile, number % hashesOfATile);
      // a tile that is missing contradicts nothing
      isCommon = leaf === undefined || leafHash(event.hash).equals(leaf);
      if (isCommon) {
        const recordedAt = recordedAtOf(event);
        common = { events: number + 1, position: event.position, ...(recordedAt !== undefined && { recordedAt }) };
      }
    }
    number += 1;
  }
  return common;
};
