import { EmulatorProcess } from '../support/eventstoredb/emulator-process';
import type { ClientName } from './support/eventstoredb-clients';
import type { Question } from './support/eventstoredb-client.child';
import { inTurn, ratios, type Spread, spreadOf } from './support/measuring';
import type { Figure, Section } from './support/report';
import { askApart } from './support/services';

type Options = { readonly rounds: number; readonly seconds: number; readonly events: number; readonly inOneStream: number };

const others = ['bare', 'emmett'] as const satisfies readonly ClientName[];
const contenders = ['ours', ...others, 'a call for each', 'beforehand'] as const satisfies readonly ClientName[];

/** What a client is asked, and what is wanted of ours beside the better of the others. */
type Asked = { readonly what: string; readonly unit: string; readonly question: Question; readonly atLeast: number };

/** A client in a process of its own, on an emulator in another. */
const started = async (name: ClientName) => {
  const emulator = await EmulatorProcess.start();
  const client = await askApart('eventstoredb-client.child.ts', name, emulator.url);
  const ask = async (question: Question): Promise<number> => {
    const { answer, failed } = await client.ask(question);
    if (failed !== undefined) throw new Error(`${name}: ${failed}`);
    return Number(answer);
  };
  const stop = async (): Promise<void> => {
    await client.stop();
    await emulator.stop();
  };
  return { name, ask, stop, missing: client.first['missing'] };
};

/** The adapter beside the client that it is made of and beside emmett, and beside what the emulator gives to calls that cost nothing to make. */
export const measureEventStoreDb = async ({ rounds, seconds, events, inOneStream }: Options): Promise<Section> => {
  const all = [];
  for (const name of contenders) all.push(await started(name));
  const there = all.filter(({ missing }) => missing === undefined);
  const inTurnAt = async (question: Question): Promise<ReadonlyMap<ClientName, readonly number[]>> => {
    const asking = Object.fromEntries(there.map(({ name, ask }) => [name, () => ask(question)]));
    return new Map(Object.entries(await inTurn(rounds, asking)).map(([name, rates]) => [name as ClientName, rates]));
  };
  const named = { bare: 'the bare client', emmett: 'emmett-esdb 0.20.0' };
  const figures: Figure[] = [];
  const measure = async ({ what, unit, question, atLeast }: Asked): Promise<void> => {
    const rates = await inTurnAt(question);
    const ours = rates.get('ours') ?? [];
    const line = (against: string, raw: readonly number[] = [], target?: Figure['target']): Figure => ({
      what: `${what}, ${against}`,
      unit,
      raw: spreadOf(raw),
      ours: spreadOf(ours),
      ratio: ratios(ours, raw),
      ...(target && { target }),
    });
    const comparable = others.filter((name) => rates.get(name)?.every((rate) => !Number.isNaN(rate)));
    const best = ours.map((_, round) => Math.max(...comparable.map((name) => rates.get(name)?.[round] ?? 0)));
    figures.push(
      line('beside the better of the others', best, { atLeast }),
      ...comparable.map((name) => line(`beside ${named[name]}`, rates.get(name))),
      line('beside the emulator alone', rates.get('beforehand')),
    );
    if (question.what === 'appends') figures.push(line('beside `TICHET_EVENTSTOREDB_APPENDS=client`', rates.get('a call for each')));
  };
  const missing = (value: number): Spread => ({ median: value, low: value, high: value });
  for (const { name, missing: why } of all)
    if (why !== undefined) figures.push({ what: `${name}: not installed`, unit: 'appends/s', ours: missing(Number.NaN) });
  // code that runs for the first time is slow
  for (const { ask } of there) await ask({ what: 'appends', at: 32, seconds });
  for (const [at, atLeast] of [
    [1, 1.2],
    [32, 1.4],
    [128, 1.4],
  ] as const)
    await measure({
      what: `appends, ${at === 1 ? '1 writer' : `${at} writers`}`,
      unit: 'appends/s',
      question: { what: 'appends', at, seconds },
      atLeast,
    });
  for (const { ask } of there) await ask({ what: 'fill', events, inOneStream });
  for (const { ask } of there) await ask({ what: 'loads', at: 32, seconds });
  for (const [at, atLeast] of [
    [1, 1],
    [32, 1.2],
  ] as const)
    await measure({ what: `loads of five events, ${at} at once`, unit: 'loads/s', question: { what: 'loads', at, seconds }, atLeast });
  await measure({
    what: `a stream of ${inOneStream.toLocaleString('en-US')} events`,
    unit: 'events/s',
    question: { what: 'stream', events: inOneStream },
    atLeast: 1.2,
  });
  await measure({
    what: `the log, ${events.toLocaleString('en-US')} events`,
    unit: 'events/s',
    question: { what: 'log', events },
    atLeast: 1.2,
  });
  for (const { stop } of all) await stop();
  return {
    title: 'EventStoreDB, on the emulator',
    against: 'beside',
    rawMeans:
      'five events an append, made beforehand, to a stream that must not exist: the client `@eventstore/db-client` with its shared call, and `@event-driven-io/emmett-esdb` on it; each client and the emulator in its own process. The emulator alone gets encoded calls, without decoding of its answers: below 1.5 times ours, the figure measures the emulator. No real server is measured.',
    figures,
    whereTheTimeGoes:
      'Mostly gRPC in JavaScript on both sides. Ours also checks, hashes and encodes, limits each append’s time, and checks every answer and event.',
  };
};
