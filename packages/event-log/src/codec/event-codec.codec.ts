import type { Catalogue, EventCodec, EventOf, FactsIn } from '../ports/event-codec';
import { EventLogCorrupt, type Recorded } from '../ports/event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Actor, RecordedFact } from '@tichet-albastru/kernel/fact';
import { parsedJson } from '@tichet-albastru/kernel/json.codec';
import { opensTooMany } from '@tichet-albastru/kernel/strict-json';
import type { KeyStore } from '../keys/key-store';
import { hashEvent } from './event-hash';
import { compileSchema, type CompiledSchema } from './fact-schema';
import { bindEncryptedFields, encryptPersonalFields } from './personal-fields.codec';

/** What stands in the log, as JSON text. */
type StoredEnvelope = {
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly metadata: {
    readonly commandId: string;
    readonly correlationId: string;
    readonly causationId: string;
    readonly actor: Actor;
    readonly recordedAt: string;
    readonly clockAt?: string;
    readonly previousHash: string;
  };
};

type Compiled = ReadonlyMap<string, ReadonlyMap<string, CompiledSchema>>;

const compile = (catalogue: Catalogue): Compiled =>
  new Map(
    Object.entries(catalogue).map(([category, shapes]) => [
      category,
      new Map(Object.entries(shapes).map(([type, shape]) => [type, compileSchema(shape)])),
    ]),
  );

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
const isEnvelope = (value: unknown): value is StoredEnvelope => {
  if (!isObject(value)) return false;
  const { type, version, data, metadata } = value as Partial<StoredEnvelope>;
  return (
    typeof type === 'string' &&
    typeof version === 'number' &&
    isObject(data) &&
    isObject(metadata) &&
    typeof metadata.recordedAt === 'string' &&
    typeof metadata.previousHash === 'string' &&
    typeof metadata.commandId === 'string' &&
    isObject(metadata.actor)
  );
};

const envelopeIn = (recorded: Pick<Recorded, 'id' | 'body'>): StoredEnvelope => {
  const value = parsedJson(recorded.body);
  if (value === undefined) throw new EventLogCorrupt(`Event ${recorded.id} is not JSON, or nested too deep.`);
  if (!isEnvelope(value)) throw new EventLogCorrupt(`Event ${recorded.id} is no envelope.`);
  return value;
};

const parse = (recorded: Recorded): StoredEnvelope => {
  const value = envelopeIn(recorded);
  // the column is outside of the hash, and tables choose by it what they read
  if (value.type !== recorded.type) throw new EventLogCorrupt(`Event ${recorded.id} is filed under another type than it has.`);
  return value;
};

const categoryOf = (stream: string): string => {
  const dash = stream.indexOf('-');
  return dash === -1 ? stream : stream.slice(0, dash);
};

/** The hash of the event before this one, for verifying the chain; any type of event will do. @throws EventLogCorrupt */
export const previousHashOf = (recorded: Recorded): string => parse(recorded).metadata.previousHash;

/** What an envelope says of itself without its place in a store: for proofs that are read far from here. @throws EventLogCorrupt */
export const linkOf = (
  recorded: Pick<Recorded, 'id' | 'body'>,
): { readonly type: string; readonly previousHash: string; readonly recordedAt: string; readonly actor: Actor; readonly data: object } => {
  const { type, data, metadata } = envelopeIn(recorded);
  return { type, data, previousHash: metadata.previousHash, recordedAt: metadata.recordedAt, actor: metadata.actor };
};

const metadataIf = (recorded: Recorded): StoredEnvelope['metadata'] | undefined => {
  try {
    return parse(recorded).metadata;
  } catch (error) {
    if (error instanceof EventLogCorrupt) return undefined;
    throw error;
  }
};
/** When it was written; `undefined` for what is no envelope any more, which the chain tells. */
export const recordedAtOf = (recorded: Recorded): string | undefined => metadataIf(recorded)?.recordedAt;
/** Which event it names as the one before it; `undefined` for the same. */
export const previousHashIf = (recorded: Recorded): string | undefined => metadataIf(recorded)?.previousHash;
/** By which command; `undefined` for the same. */
export const commandIdOf = (recorded: Recorded): string | undefined => metadataIf(recorded)?.commandId;

/**
 * Envelopes as JSON text `{type, version, data, metadata}`, personal fields sealed with `keys`.
 * An unknown type, or a version that this build has never written, is EventLogCorrupt: never guessed, never skipped.
 */
export const createEventCodec = <C extends Catalogue>({
  keys,
  catalogue,
}: {
  readonly keys: KeyStore;
  readonly catalogue: C;
}): EventCodec<FactsIn<C>> => {
  const schemas = compile(catalogue);

  const decodeIn = (category: string, recorded: Recorded): RecordedFact & { readonly category: string } => {
    const { type, version, data, metadata } = parse(recorded);
    const schema = schemas.get(category)?.get(type);
    if (!schema) throw new EventLogCorrupt(`Event ${recorded.id} has the type ${type}, which is unknown in ${category}.`);
    if (!Number.isInteger(version) || version < 1 || version > schema.version) {
      throw new EventLogCorrupt(`Event ${recorded.id} is version ${version} of ${type}; known are 1 to ${schema.version}.`);
    }
    let current = data;
    if (recorded.body.includes('"sealed":')) {
      current = bindEncryptedFields(data, { type, version, stream: recorded.stream, id: recorded.id }) as StoredEnvelope['data'];
    }
    for (let older = version; older < schema.version; older += 1) current = schema.upcasters[older - 1]?.(current, metadata) ?? current;
    const fault = schema.faultIn(current);
    if (fault !== undefined) throw new EventLogCorrupt(`Event ${recorded.id} (${type}) has no usable ${fault}.`);
    return {
      category,
      fact: { type, data: current },
      id: recorded.id,
      stream: recorded.stream,
      revision: recorded.revision,
      position: recorded.position,
      version,
      recordedAt: metadata.recordedAt,
      ...defined({ clockAt: metadata.clockAt }),
      actor: metadata.actor,
      commandId: metadata.commandId,
      correlationId: metadata.correlationId,
      causationId: metadata.causationId,
    };
  };

  return {
    encode: async (fact, { stream, revision, id, previousHash, recordedAt, clockAt, actor, commandId, correlationId, causationId }) => {
      const schema = schemas.get(categoryOf(stream))?.get(fact.type);
      if (!schema) throw new TypeError(`${fact.type} does not belong into a stream like ${categoryOf(stream)}-….`);
      const data = await encryptPersonalFields(fact.data, { type: fact.type, version: schema.version, stream, id }, keys);
      const fault = schema.faultInNew(data as StoredEnvelope['data']);
      if (fault !== undefined) throw new TypeError(`${fact.type} has no usable ${fault}.`);
      const envelope: StoredEnvelope = {
        type: fact.type,
        version: schema.version,
        data: data as StoredEnvelope['data'],
        metadata: { commandId, correlationId, causationId, actor, recordedAt, ...defined({ clockAt }), previousHash },
      };
      const body = JSON.stringify(envelope);
      if (opensTooMany(body)) throw new TypeError(`${fact.type} is nested too deep.`);
      return { id, type: fact.type, body, hash: hashEvent({ stream, revision, id, body }) };
    },
    decode: (recorded) => decodeIn(categoryOf(recorded.stream), recorded) as unknown as EventOf<FactsIn<C>>,
    decodeOf: <Category extends keyof C & string>(category: Category, recorded: Recorded) => {
      // the union of all facts is too large for the compiler to compare with
      const decoded: unknown = decodeIn(category, recorded);
      return decoded as RecordedFact<FactsIn<C>[Category]>;
    },
  };
};
