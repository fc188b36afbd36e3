import { recordAbsence } from '../../../application/staff/record-absence';
import { registerRequest } from '../../../application/requests/register-request';
import { registerStaff } from '../../../application/staff/register-staff';
import type { Actor, CivilDate, Instant } from '../../../domain/kernel/fact';
import type { RequestIdentity } from '../../../domain/request/facts';
import { addDays, atLocal, civilDateOf, plusHours, plusMinutes } from '../../../domain/time/civil-time';
import { demoRequestsToTry, demoStaff, demoTickets, type EarlierTicket, earlierTickets } from './cast';
import { createStage, type DemoPorts, movingClock, type Stage } from './stage';
import {
  book,
  cancel,
  carryOut,
  citizenStaysAway,
  enterCode,
  handOver,
  hold,
  keepRecording,
  move,
  type Play,
  playedTicket,
  sendLink,
  tellByPhone,
  ticketStory,
  workingDayAround,
  writeResolution,
} from './ticket-story';

/**
 * What happens at an instant of the months before. Letters and deadlines wait for it only where it says so: the minutes of these months do
 * not matter, and the demonstration is to begin soon.
 */
type EarlierScene = { readonly at: Instant; readonly play: Play; readonly lettersFollow: boolean };

const daysBooked = 3;
const movedDays = 2;
const movedTo = '08:15';

/** Whole evenings book at once, and their codes, links and letters go together. */
const earlierStory = (
  ticket: EarlierTicket,
  firstDay: number,
  request: RequestIdentity,
  today: CivilDate,
  place: number,
  ticketId: string,
): readonly EarlierScene[] => {
  const { mode, email, staffId, day, time, outcome } = ticket;
  const played = playedTicket(ticketId, staffId);
  const bookedAt = atLocal(workingDayAround(today, firstDay - daysBooked), '17:00');
  const morningAfter = atLocal(workingDayAround(today, firstDay - daysBooked + 1), '08:10');
  const by = outcome === 'moved-by-citizen' ? 'citizen' : outcome === 'moved-by-staff' ? 'staff' : undefined;
  const startsAt = atLocal(workingDayAround(today, day), time);
  const heldAt = by === undefined ? startsAt : atLocal(workingDayAround(today, day + movedDays), movedTo);
  const scene = (at: Instant, play: Play, lettersFollow = true): EarlierScene => ({ at, play, lettersFollow });
  const linkAt = (at: Instant): readonly EarlierScene[] => (mode === 'online' ? [scene(at, sendLink(played))] : []);
  const form = {
    request,
    startsAt,
    mode,
    locale: 'ro' as const,
    phone: `+40 700 001 ${String(100 + place)}`,
    ...(email ? { email: `cetatean.din.trecut.${place}@posta.example` } : {}),
  };
  return [
    scene(bookedAt, book(played, form)),
    ...(email ? [scene(plusMinutes(bookedAt, 4), enterCode(played))] : []),
    ...linkAt(morningAfter),
    ...(by === undefined ? [] : [scene(plusHours(morningAfter, 2), move(played, by, heldAt))]),
    ...(by === 'staff' ? [scene(plusHours(morningAfter, 3), tellByPhone(played))] : []),
    ...(by === undefined ? [] : linkAt(plusHours(morningAfter, 4))),
    ...(outcome === 'cancelled' ? [scene(plusHours(morningAfter, 2), cancel(played))] : meetingOf(ticket, played, heldAt)),
  ];
};

const meetingOf = (
  { mode, email, outcome, delayMinutes }: EarlierTicket,
  played: ReturnType<typeof playedTicket>,
  startsAt: Instant,
): readonly EarlierScene[] => {
  const endedMinutes = 14;
  const after = (minutes: number, play: Play, lettersFollow = false): EarlierScene => ({
    at: plusMinutes(startsAt, minutes),
    play,
    lettersFollow,
  });
  if (outcome === 'citizen-absent') return [after(11, citizenStaysAway(played), true)];
  const written = endedMinutes + delayMinutes;
  return [
    after(15, hold(played, startsAt)),
    ...(mode === 'online' ? [after(16, keepRecording(played, startsAt, outcome === 'waived' ? 'waived' : 'attached'))] : []),
    after(written, writeResolution(played), true),
    ...(email ? [] : [after(written + 10, handOver(played, plusMinutes(startsAt, written + 5)))]),
  ];
};

const registry: Actor = { kind: 'system', id: 'demo' };
const firstNumber = 154_900;
const firstEarlierNumber = 148_200;
/** Long before the first booking; within the 30 days of the answers. */
const opensDaysBefore = 3;

export type DemoStory = {
  /** of the week that is told */
  readonly tickets: readonly { readonly ticketId: string; readonly outcome: string }[];
  /** requests to try booking with */
  readonly toTry: readonly (RequestIdentity & { readonly name: string })[];
};

/** Scenes of one instant go on at once; those of the week that is told are alone, and the processes look in before and after. */
type Act = { readonly at: Instant; readonly plays: readonly Play[]; readonly before: boolean; readonly after: boolean };

const departmentOf = (staffId: string): { readonly department?: string; readonly departmentCode?: string } => {
  const person = demoStaff.find((one) => one.staffId === staffId);
  return person === undefined ? {} : { department: person.department, departmentCode: person.departmentCode };
};

type Registered = { readonly name: string; readonly subject: string; readonly staffId: string; readonly clarification?: boolean };

const registered = (
  { name, subject, staffId, clarification = false }: Registered,
  identity: RequestIdentity,
  documentNumber: string,
): Play =>
  carryOut(
    registry,
    registerRequest,
  )(({ clock }) => ({
    ...identity,
    applicantName: name,
    subject,
    ...departmentOf(staffId),
    handlerStaffId: staffId,
    status: clarification ? 'answered' : 'in-operation',
    ...(clarification && {
      answer: { documentNumber, communicatedOn: addDays(civilDateOf(clock.now()), -1), channel: 'email', answeredBy: staffId },
    }),
  }));

/** Ten weeks before the week that is told: registered on one day, and played without a look at each minute. */
const actsOfEarlier = (opened: DemoPorts, today: CivilDate): readonly Act[] => {
  const firstDayOf = (evening: number): number =>
    Math.min(...earlierTickets.filter((ticket) => ticket.evening === evening).map(({ day }) => day));
  const oldest = Math.min(...earlierTickets.map(({ day }) => day));
  const opening = addDays(workingDayAround(today, oldest - 4), -opensDaysBefore);
  const filedOn = addDays(opening, -9);
  const identityOf = (place: number): RequestIdentity => ({ number: String(firstEarlierNumber + place), filedOn });
  const first: readonly Act[] = [
    {
      at: atLocal(opening, '08:00'),
      plays: demoStaff.map((person) => carryOut(registry, registerStaff)(() => person)),
      before: false,
      after: false,
    },
    {
      at: atLocal(opening, '08:01'),
      plays: earlierTickets.map((ticket, place) => registered(ticket, identityOf(place), '')),
      before: false,
      after: false,
    },
  ];
  const acts = new Map<string, { readonly at: Instant; readonly plays: Play[]; readonly before: false; readonly after: boolean }>();
  for (const [place, ticket] of earlierTickets.entries()) {
    const ticketId = opened.ports.identifiers.next();
    for (const { at, play, lettersFollow } of earlierStory(ticket, firstDayOf(ticket.evening), identityOf(place), today, place, ticketId)) {
      const key = `${at} ${String(lettersFollow)}`;
      const act = acts.get(key);
      if (act === undefined) acts.set(key, { at, plays: [play], before: false, after: lettersFollow });
      else act.plays.push(play);
    }
  }
  return [...first, ...acts.values()];
};

/** The week that is told: a week behind today and a week ahead, each scene at its own minute. */
const actsOfTheWeek = (opened: DemoPorts, today: CivilDate): { readonly acts: readonly Act[]; readonly story: DemoStory } => {
  const opening = addDays(workingDayAround(today, -11), -opensDaysBefore);
  const filedOn = addDays(opening, -9);
  const identityOf = (place: number): RequestIdentity => ({ number: String(firstNumber + place), filedOn });
  const tickets = demoTickets.map((ticket, place) => ({ ticket, place, ticketId: opened.ports.identifiers.next() }));
  const absenceDay = workingDayAround(today, 5);
  const absence = carryOut(
    { kind: 'staff', id: 'd03' },
    recordAbsence,
  )(() => ({
    staffId: 'd03',
    from: atLocal(absenceDay, '08:00'),
    to: atLocal(absenceDay, '18:00'),
    reason: 'concediu',
  }));
  const scenes = [
    ...tickets.flatMap(({ ticket, place, ticketId }) => ticketStory(ticket, identityOf(place), today, place, ticketId)),
    { at: atLocal(workingDayAround(today, -2), '08:05'), play: absence },
  ];
  const people: readonly Registered[] = [...demoTickets, ...demoRequestsToTry];
  return {
    acts: [
      {
        at: atLocal(opening, '08:00'),
        plays: people.map((person, place) => registered(person, identityOf(place), String(200_000 + place))),
        before: false,
        after: false,
      },
      ...scenes.map(({ at, play }) => ({ at, plays: [play], before: true, after: true })),
    ],
    story: {
      tickets: tickets.map(({ ticket, ticketId }) => ({ ticketId, outcome: ticket.outcome })),
      toTry: demoRequestsToTry.map(({ name }, index) => ({ ...identityOf(demoTickets.length + index), name })),
    },
  };
};

const mostTogether = 8;

const perform = async (stage: Stage, { at, plays, before, after }: Act): Promise<void> => {
  if (before) await stage.passTo(at);
  else stage.clock.moveTo(at);
  await Promise.all(plays.map((play) => play(stage)));
  // letters and filing follow at once, as they do in a running service
  if (after) await stage.passTo(at, Math.min(plays.length, mostTogether));
};

/**
 * Fills empty stores with the months up to `now`, a week behind it minute by minute, and a week ahead: every fact is made by its use
 * case, at its own moment, by a clock that is moved from the first scene up to `now`.
 */
export const tellDemo = async (
  opened: DemoPorts,
  now: Instant,
  onScene: (done: number, total: number) => void = () => undefined,
): Promise<DemoStory> => {
  const today = civilDateOf(now);
  const earlier = actsOfEarlier(opened, today);
  const { acts, story } = actsOfTheWeek(opened, today);
  const all = [...earlier, ...acts].filter(({ at }) => at < now).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  const stage = await createStage(opened, movingClock(all[0]?.at ?? now));
  for (const [index, act] of all.entries()) {
    await perform(stage, act);
    onScene(index + 1, all.length);
  }
  await stage.passTo(now);
  return story;
};
