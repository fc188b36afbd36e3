import type { Instant } from '../../../src/domain/kernel/fact';
import { policiesWith } from '../../../src/domain/policies';
import { plusHours, plusSeconds, secondsBetween } from '../../../src/domain/time/civil-time';
import { openPorts } from '../../../src/infrastructure/nest/open-ports';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { settingsOf } from '../../infrastructure/tools/command-line/captured';
import { breaches } from '../../domain/audit/law/breaches';
import { startService, type Service } from '../../http/support/service';
import { closing, emptyFolder } from '../closing';
import { staffStream } from '../../../src/domain/staff/facts';
import { type History, staffRegistered } from '../history';
import { historyOfLife, lifeOf } from '../lives';
import { appendTo, sideBySide, type Told } from '../../projections/kernel/world';

/** Every third ticket with some sentence of the procedure broken, where that needs no other person, calendar or meeting. */
const told = (seed: number): History => {
  const kept = historyOfLife(lifeOf(seed));
  const broken = seed % 3 === 0 ? breaches[Math.floor(seed / 3) % breaches.length]?.breaks(kept) : undefined;
  const isAlone = broken?.staff === kept.staff && broken.calendar === kept.calendar && broken.otherMeetings === kept.otherMeetings;
  return broken !== undefined && isAlone && broken.chain === kept.chain ? broken : kept;
};

const newName = 'Serviciul Amenajarea teritoriului';
/** What bookings say of their department from when it got this name. */
const renamed = (fact: Told): Told =>
  fact.stream.startsWith('ticket-') ? (JSON.parse(JSON.stringify(fact).replaceAll('Serviciul Urbanism', newName)) as Told) : fact;
/** The same story in another department, which has had that name all the time. */
const elsewhere = (history: History): History => ({
  ...history,
  ticket: JSON.parse(
    JSON.stringify(history.ticket).replaceAll('"425"', '"305"').replaceAll('Serviciul Urbanism', newName),
  ) as History['ticket'],
});
const registeredIn = (staffId: string, departmentCode: string, at: Instant): Told => {
  const [, fact] = staffRegistered(staffId);
  const data = fact.type === 'StaffRegistered' ? fact.data : undefined;
  if (data === undefined) throw new Error('Somebody is registered.');
  return {
    stream: staffStream(staffId),
    at,
    fact: { type: 'StaffRegistered', data: { ...data, department: newName, departmentCode, registeredAt: at } },
  };
};

/** In the middle of it a department is called otherwise, by a name that another has, too. */
const withNewName = (facts: readonly Told[]): readonly Told[] => {
  const [first = '', middle = ''] = [facts[0]?.at, facts[Math.floor(facts.length / 2)]?.at];
  return [
    registeredIn('S-305', '305', first),
    ...facts.filter(({ at }) => at < middle),
    registeredIn('S-017', '425', middle),
    ...facts.filter(({ at }) => at >= middle).map(renamed),
  ];
};

/** A city hall on a disk, with so many tickets that have lived their lives, and everybody who may be asked about them. */
export type City = {
  readonly folder: string;
  readonly service: Service;
  /** when all of it is over */
  readonly now: Instant;
  readonly opened: Awaited<ReturnType<typeof openPorts>>;
};

export const cityOf = async (tickets: number): Promise<City & { readonly times: readonly Instant[] }> => {
  const folder = emptyFolder();
  const opened = closing(await openPorts(settingsOf(folder)));
  const { ports, rows, projections } = opened;
  const append = appendTo(ports.store, ports.codec);
  const stories = Array.from({ length: tickets }, (_, index) => (index % 4 === 1 ? elsewhere(told(index + 1)) : told(index + 1)));
  const facts = withNewName(sideBySide(...stories));
  for (const fact of facts) await append(fact);
  await catchUp({ ...ports, rows }, projections);
  const readModels = new MemoryReadModels();
  await catchUp({ ...ports, rows: readModels }, projections);
  const times = facts.map(({ at }) => at);
  const clock = fixedClock();
  const now = plusHours(times.at(-1) ?? '', 60 * 24);
  clock.set(now);
  const { store, codec, personalData, streamCache } = ports;
  // whoever asks a thousand times in a moment of this clock is no intruder
  const policies = policiesWith({ 'request-rate': { value: null, version: 2 } });
  const service = await startService({ store, codec, personalData, streamCache, clock, readModels, policies });
  return { folder, service, now, opened, times };
};

/** Moments from before the first fact to long after the last, evenly and always the same; some to the millisecond of a fact or of a turn. */
export const momentsOf = (times: readonly Instant[], turns: readonly Instant[], count: number): readonly Instant[] => {
  const [first = '', last = ''] = [times[0], times.at(-1)];
  const seconds = secondsBetween(first, last) + 40 * 24 * 3600;
  const every = <T>(list: readonly T[], n: number): readonly T[] =>
    Array.from({ length: n }, (_, index) => list[Math.floor(((index + 0.5) * list.length) / n)]).flatMap((one) =>
      one === undefined ? [] : [one],
    );
  const [even, exact] = [Math.ceil(count / 2), Math.floor(count / 2)];
  return [
    ...Array.from({ length: even }, (_, index) => plusSeconds(first, Math.round((seconds * (index + 0.4)) / even) - 3600)),
    ...every(turns, exact).map((turn, index) => (index % 2 === 0 ? turn : plusSeconds(turn, -0.001))),
  ].sort();
};
