import { dayPlan, freeSlots } from '../../src/domain/agenda/day-plan';
import { workingCalendar } from '../../src/domain/calendar/calendar';
import { type Aggregate, type Decision, fold } from '../../src/domain/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Actor, Fact, Instant } from '../../src/domain/kernel/fact';
import { personal } from '../../src/domain/kernel/personal-text';
import { isRefusal } from '../../src/domain/kernel/refusal';
import { policiesWith } from '../../src/domain/policies';
import { admitTicket, endAdmission, grantLateAdmission, groundAt, responsibleFor } from '../../src/domain/request/admission';
import { type RequestFact, requestStream } from '../../src/domain/request/facts';
import { communicateAnswer, registerRequest } from '../../src/domain/request/registering';
import { type RegisteredRequest, registeredRequest, type RequestState } from '../../src/domain/request/request';
import { staffStream } from '../../src/domain/staff/facts';
import { staffMember } from '../../src/domain/staff/staff-member';
import { cancel, checkReassign, checkReschedule, notifyCitizen, reassign, reschedule } from '../../src/domain/ticket/changes';
import { type Mode, type NoticeSubject, type TicketFact, ticketStream } from '../../src/domain/ticket/facts';
import {
  attachMeetingLink,
  noteInvitationSent,
  recordCitizenAbsent,
  recordHeld,
  recordStaffAbsent,
  startMeeting,
} from '../../src/domain/ticket/meeting';
import { attachRecording, waiveRecording } from '../../src/domain/ticket/recording';
import { allThree, checkTicketRequest, lapse, recordingNotice, requestTicket, schedule } from '../../src/domain/ticket/request-ticket';
import {
  handOverResolution,
  issueResolution,
  noteLetterBounced,
  noteResolutionFiled,
  noteResolutionSent,
} from '../../src/domain/ticket/resolution';
import { isRequested, type RequestedTicket, ticket, type TicketState } from '../../src/domain/ticket/ticket';
import { failVerification, issueCode, verifyEmail } from '../../src/domain/ticket/verification';
import { addDays, civilDateOf, plusHours, plusMinutes, plusSeconds, secondsBetween } from '../../src/domain/time/civil-time';
import type { Slot } from '../../src/domain/time/slot';
import { type History, recorded, staffRegistered } from './history';
import { type Entry, citizen, clerk, letters } from './plot';

export const modes: readonly Mode[] = ['online', 'phone', 'in-person'];
export const grounds = ['in-operation', 'clarification', 'late-admission'] as const;
/** What became of the hour between the booking and the meeting. */
export const courses = [
  'as booked',
  'moved by the citizen',
  'moved twice by the citizen',
  'moved by staff',
  'moved sooner, as the citizen agreed',
  'given to a colleague',
  'the staff member was absent',
] as const;
/** What came of the meeting. */
export const endings = [
  'held',
  'held, the recording late',
  'held, recorded in two pieces',
  'held, the recording waived',
  'held, the letter came back',
  'the citizen was absent',
  'cancelled by the citizen',
  'cancelled by staff, no new hour wanted',
  'cancelled by staff, a new ticket',
  'the code was never entered',
] as const;

/** What a ticket's life is made of; whatever it leaves open comes from its seed. */
export type Life = {
  readonly mode: Mode;
  readonly withEmail: boolean;
  readonly ground: (typeof grounds)[number];
  readonly course: (typeof courses)[number];
  readonly ending: (typeof endings)[number];
  readonly seed: number;
};

const needs: Readonly<Partial<Record<Life['course'] | Life['ending'], (life: Life) => boolean>>> = {
  'held, the recording late': ({ mode }) => mode === 'online',
  'held, recorded in two pieces': ({ mode }) => mode === 'online',
  'held, the recording waived': ({ mode }) => mode === 'online',
  'held, the letter came back': ({ withEmail }) => withEmail,
  // of an answer the 30 days may be over by then
  'cancelled by staff, a new ticket': ({ ground }) => ground === 'in-operation',
  'the code was never entered': ({ withEmail, course }) => withEmail && course === 'as booked',
};
const isPossible = (life: Life): boolean =>
  (life.withEmail || life.mode !== 'online') && (needs[life.ending]?.(life) ?? true) && (needs[life.course]?.(life) ?? true);

/** Every combination that there can be, each with a seed of its own. */
export const everyLife: readonly Life[] = modes
  .flatMap((mode) =>
    [true, false].flatMap((withEmail) =>
      grounds.flatMap((ground) => courses.flatMap((course) => endings.map((ending) => ({ mode, withEmail, ground, course, ending })))),
    ),
  )
  .map((life, index) => ({ ...life, seed: index + 1 }))
  .filter(isPossible);

export const lifeInWords = ({ mode, withEmail, ground, course, ending }: Life): string =>
  `${mode}, ${withEmail ? 'with' : 'without'} e-mail, ${ground}, ${course}, ${ending}`;

type Dice = {
  /** a whole number from..to */
  readonly between: (from: number, to: number) => number;
  readonly one: <T>(of: readonly T[]) => T;
};
/** The same seed gives the same throws for ever (mulberry32). */
const diceOf = (seed: number): Dice => {
  let state = (seed * 0x9e3779b1) | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const one = <T>(of: readonly T[]): T => {
    const found = of[between(0, of.length - 1)];
    if (found === undefined) throw new Error('There is nothing to choose from.');
    return found;
  };
  return { between, one };
};

/** A life of the hundred thousand: everything from the seed. */
export const lifeOf = (seed: number): Life => {
  const { one } = diceOf(seed);
  for (;;) {
    const life = {
      mode: one(modes),
      withEmail: one([true, true, false]),
      ground: one(grounds),
      course: one(courses),
      ending: one(endings),
      seed,
    };
    if (isPossible(life)) return life;
  }
};

const policies = policiesWith();
const calendar = workingCalendar.initial;
const rules = { policies, calendar };
const department = { department: 'Serviciul Urbanism', departmentCode: '425' };
const colleague = 'S-042';
const register: Actor = { kind: 'system', id: 'registry' };
const booking: Actor = { kind: 'system', id: 'booking' };

/** Where facts are written down: each comes from a decision, and a refusal is an error of the story. */
const penOf = <State, F extends Fact>({ initial, evolve }: Aggregate<State, F>) => {
  let state = initial;
  const entries: Entry<F>[] = [];
  return {
    entries,
    state: (): State => state,
    write: (at: Instant, actor: Actor, decide: (state: State) => Decision<F>): void => {
      const decision = decide(state);
      if (isRefusal(decision)) throw new Error(`Refused at ${at}: ${JSON.stringify(decision)}`);
      for (const fact of decision.facts) {
        state = evolve(state, fact);
        entries.push([at, fact, actor]);
      }
    },
  };
};

/** What the steps of one story share: a clock that only goes on, and two streams that are written by it. */
export type Story = {
  readonly life: Life;
  readonly dice: Dice;
  readonly ticketId: string;
  readonly handler: string;
  readonly now: () => Instant;
  /** moves the clock on, and says what it shows then */
  readonly after: (minutes: number) => Instant;
  readonly until: (instant: Instant) => Instant;
  readonly ticket: () => RequestedTicket;
  readonly request: () => RegisteredRequest;
  readonly decide: (actor: Actor, decide: (state: TicketState) => Decision<TicketFact>) => void;
  readonly ofRequest: (actor: Actor, decide: (state: RequestState) => Decision<RequestFact>) => void;
};

const personOf = (staffId: string) => fold(staffMember, [staffRegistered(staffId)[1]]);

/** A free hour of that person between so many and so many days from now, another than the one that is left. */
const slotIn = ({ now, dice }: Story, staffId: string, fromDays: number, toDays: number, left?: Slot): Slot => {
  const today = civilDateOf(now());
  const bounds = { earliest: plusHours(now(), fromDays < 2 ? 6 : 48), latest: plusHours(now(), 24 * 50) };
  const taken = left === undefined ? [] : [{ from: left.startsAt, to: left.endsAt }];
  const days = Array.from({ length: toDays - fromDays + 1 }, (_, index) => addDays(today, fromDays + index));
  return dice.one(days.flatMap((date) => freeSlots(dayPlan(date, personOf(staffId), calendar), taken, bounds)));
};

/** Letters with the calendar entry; online once more with the link. */
export const invite = (story: Story): void => {
  const { life, decide, after, ticket: current, ticketId, dice } = story;
  const letter = (withLink: boolean): void => {
    const {
      sequence,
      booking: { slot },
    } = current();
    const acceptedAt = after(dice.between(1, 3));
    const letterId = `invitation-${String(sequence)}-${withLink ? 'link' : 'entry'}-${ticketId}`;
    decide(letters, (state) => noteInvitationSent({ letterId, slot, sequence, withLink, acceptedAt }, state));
  };
  if (!life.withEmail) return;
  letter(false);
  if (life.mode !== 'online') return;
  const at = after(dice.between(1, 40));
  const { staffId, holdId } = current().booking;
  const joinUrl = personal('contact', `https://cluj.webex.com/meet/${holdId}`);
  decide(clerk(staffId), (state) => attachMeetingLink({ joinUrl, meetingId: `M-${holdId}`, sameLink: false, at }, state));
  letter(true);
};

/** Told by e-mail where there is one, else by phone. */
export const tell = ({ life, ticketId, decide, after, dice, ticket: current }: Story, about: NoticeSubject): void => {
  const at = after(dice.between(1, 15));
  const {
    sequence,
    booking: { staffId },
  } = current();
  const told = life.withEmail
    ? ({ channel: 'email', outcome: 'accepted', letterId: `change-${String(sequence)}-${ticketId}` } as const)
    : ({ channel: 'phone', outcome: 'reached' } as const);
  decide(life.withEmail ? letters : clerk(staffId), (state) =>
    notifyCitizen({ about, ...told, notifiedAt: at, at, grade: life.withEmail ? 'observed' : 'declared' }, state),
  );
};

/** The meeting moves; whoever moves it. */
export const move = (story: Story, by: 'citizen' | 'staff', slot: Slot, agreed = false): void => {
  const { ticketId, decide, now, ticket: current, dice } = story;
  const {
    booking: { staffId, holdId: from },
    left,
  } = current();
  const reason = by === 'staff' ? { reason: dice.one(['illness', 'leave', 'technical'] as const) } : {};
  const agreement = agreed ? { agreement: { channel: 'phone' as const, agreedAt: now() } } : {};
  const request = { ...rules, ...reason, slot, by, citizenAgreed: agreed || by === 'citizen', ...agreement, at: now() };
  const place = { ...department, staffId, holdId: `hold-${String(left.length + 2)}-${ticketId}`, from };
  decide(
    by === 'citizen' ? citizen(ticketId) : clerk(staffId),
    (state) => checkReschedule(request, state) ?? reschedule({ ...request, ...place }, state),
  );
};

const ask = (story: Story, state: RegisteredRequest): void => {
  const {
    life: { mode, withEmail },
    ticketId,
    decide,
    ofRequest,
    now,
  } = story;
  const staffId = responsibleFor(state);
  const [at, heldUntil] = [now(), plusMinutes(now(), 15)];
  // so far ahead that whatever comes in between has room
  const slot = slotIn(story, staffId, 9, 20);
  const holdId = `hold-1-${ticketId}`;
  const ground = groundAt(state, at);
  if (isRefusal(ground)) throw new Error(JSON.stringify(ground));
  const email = withEmail ? 'ion.popescu@example.ro' : undefined;
  const phone = mode === 'in-person' && withEmail ? undefined : '+40 700 000 001';
  const notice = mode === 'online' ? { recordingNoticeVersion: recordingNotice.version } : {};
  const plan = dayPlan(civilDateOf(slot.startsAt), personOf(staffId), calendar);
  const form = { mode, slot, ...defined({ email, phone }), ...notice, requestedAt: at };
  const refusal = checkTicketRequest(form, { policies, noticeVersion: recordingNotice.version, plan, calendar });
  if (refusal !== undefined) throw new Error(JSON.stringify(refusal));
  ofRequest(citizen(ticketId), (known) => admitTicket({ ticketId, holdId, staffId, slot, at, until: heldUntil }, known));
  const { number, filedOn } = state;
  const asked = {
    ...department,
    request: { number, filedOn },
    staffId,
    mode,
    slot,
    holdId,
    requestedAt: at,
    heldUntil,
    ground,
    matched: allThree,
  };
  const sealed = (text: string | undefined) => (text === undefined ? undefined : personal('contact', text));
  const contact = { name: personal('contact', 'Ion Popescu'), ...defined({ phone: sealed(phone), email: sealed(email) }) };
  const accepted = mode === 'online' ? { recordingNotice: { version: recordingNotice.version, acceptedAt: at } } : {};
  const reference = `TA-${ticketId.slice(-8).toUpperCase()}`;
  decide(citizen(ticketId), (known) => requestTicket({ ...rules, ...asked, reference, contact, ...accepted, locale: 'ro' }, known));
};

/** The code: perhaps some wrong tries, perhaps a second one. */
const enterCode = ({ dice, decide, after, now, ticketId }: Story): void => {
  const issue = (): void => {
    decide(booking, (state) => issueCode({ at: now(), policies }, state));
  };
  issue();
  const codes = dice.between(1, 2);
  const wrong = dice.between(0, 2);
  for (let n = 1; n <= wrong; n += 1) {
    const at = after(0.5);
    decide(citizen(ticketId), (state) => failVerification({ n: 1, triesLeft: 5 - n, at }, state));
  }
  if (codes === 2) {
    after(dice.between(2, 4));
    issue();
  }
  const at = after(dice.between(1, 3));
  decide(citizen(ticketId), (state) => verifyEmail({ n: codes, at }, state));
};

const lapsed = ({ decide, until, ticket: current }: Story): void => {
  const { heldUntil, booking: place } = current();
  const at = until(heldUntil);
  decide(booking, (state) => lapse({ cause: 'not-verified', at, request: place.request, place }, state));
};

/** The request, as far as the ground needs it: filed, perhaps answered, perhaps admitted late. */
const file = (story: Story, handlerStaffId: string): RegisteredRequest => {
  const { life, dice, ofRequest, now, after } = story;
  const filedOn = civilDateOf(now());
  const named = { number: String(200_000 + life.seed), filedOn, applicantName: personal('name', 'POPESCU I. ION') };
  const known = { sameApplicant: false, sameSubject: true };
  ofRequest(register, (state) =>
    registerRequest({ ...named, ...department, ...known, handlerStaffId, status: 'in-operation', grade: 'observed', at: now() }, state),
  );
  const day = 24 * 60;
  if (life.ground === 'in-operation') after(dice.between(day, 20 * day));
  else {
    const at = after(dice.between(day, 10 * day));
    const answer = {
      documentNumber: `${named.number}/R1`,
      communicatedOn: civilDateOf(at),
      channel: 'email',
      grade: 'observed',
      at,
      ...rules,
    } as const;
    ofRequest(register, (state) => communicateAnswer(answer, state));
    after(life.ground === 'clarification' ? dice.between(60, 28 * day) : dice.between(40 * day, 60 * day));
  }
  if (life.ground === 'late-admission') {
    const late = { grantedBy: 'S-001', reason: personal('office', 'a fost internat'), until: addDays(civilDateOf(now()), 3), at: now() };
    ofRequest(clerk('S-001'), (state) => grantLateAdmission(late, state));
    after(dice.between(60, day));
  }
  return story.request();
};

const giveToColleague = ({ ticketId, decide, now, ticket: current }: Story): void => {
  const {
    booking: { slot, holdId: from },
    left,
  } = current();
  const reason = personal('contact', 'colega preia dosarul');
  const command = {
    ...department,
    staffId: colleague,
    slot,
    holdId: `hold-${String(left.length + 2)}-${ticketId}`,
    from,
    reason,
    at: now(),
    policies,
  };
  decide(clerk('S-001'), (state) => checkReassign(command, state) ?? reassign(command, state));
};

const missedByStaff = ({ decide, until, ticket: current }: Story): void => {
  const { staffId, slot } = current().booking;
  const at = until(plusMinutes(slot.startsAt, 15));
  decide(clerk(staffId), (state) => recordStaffAbsent({ ...rules, at }, state));
};

const later = (story: Story): void => {
  story.after(story.dice.between(10, 20 * 60));
};
const movedByCitizen = (story: Story): void => {
  later(story);
  const { staffId, slot } = story.ticket().booking;
  move(story, 'citizen', slotIn(story, staffId, 4, 12, slot));
  invite(story);
};
const movedByStaff = (story: Story, agreed = false): void => {
  const { staffId, slot } = story.ticket().booking;
  move(story, 'staff', slotIn(story, staffId, agreed ? 1 : 4, agreed ? 5 : 12, slot), agreed);
  tell(story, 'rescheduled');
  invite(story);
};

const takeCourse: Readonly<Record<Life['course'], (story: Story) => void>> = {
  'as booked': () => undefined,
  'moved by the citizen': movedByCitizen,
  'moved twice by the citizen': (story) => {
    movedByCitizen(story);
    movedByCitizen(story);
  },
  'moved by staff': (story) => {
    later(story);
    movedByStaff(story);
  },
  'moved sooner, as the citizen agreed': (story) => {
    later(story);
    movedByStaff(story, true);
  },
  'given to a colleague': (story) => {
    later(story);
    giveToColleague(story);
    tell(story, 'reassigned');
    invite(story);
  },
  'the staff member was absent': (story) => {
    missedByStaff(story);
    tell(story, 'staff-absent');
    movedByStaff(story);
  },
};

/** They meet, from some seconds after the hour for some minutes. */
export const meet = ({
  decide,
  until,
  after,
  dice,
  ticket: current,
}: Story): { readonly startedAt: Instant; readonly endedAt: Instant } => {
  const { staffId, slot } = current().booking;
  const startedAt = until(plusSeconds(slot.startsAt, dice.between(0, 120)));
  decide(clerk(staffId), (state) => startMeeting({ startedAt, at: startedAt }, state));
  const endedAt = after(dice.between(8, 16));
  decide(clerk(staffId), (state) => recordHeld({ ...rules, startedAt, endedAt, at: endedAt }, state));
  return { startedAt, endedAt };
};

/** Webex's recording of these seconds, which we find some minutes later. */
export const record = (
  { decide, after, ticketId, life }: Story,
  part: number,
  startedAt: Instant,
  durationSeconds: number,
  minutes: number,
): void => {
  if (life.mode !== 'online') return;
  const at = after(minutes);
  const recordingId = `R-${String(part)}-${ticketId}`;
  const url = personal('record', `https://cluj.webex.com/rec/${String(part)}`);
  decide({ kind: 'system', id: 'webex' }, (state) =>
    attachRecording({ recordingId, url, startedAt, durationSeconds, grade: 'observed', at }, state),
  );
};

/** Written and filed. */
export const write = ({ decide, after, dice, ticketId, life, ticket: current }: Story): void => {
  const issuedBy = current().booking.staffId;
  const at = after(dice.between(1, 10));
  const conclusions = personal('record', 'Se completează dosarul.');
  decide(clerk(issuedBy), (state) => issueResolution({ conclusions, sameTexts: false, issuedBy, at }, state));
  const filedAt = after(dice.between(1, 10));
  decide({ kind: 'system', id: 'filing' }, (state) =>
    noteResolutionFiled({ documentNumber: `${String(900_000 + life.seed)}-${ticketId.slice(-2)}`, grade: 'observed', at: filedAt }, state),
  );
};

export const handOver = ({ decide, after, dice, ticket: current }: Story, channel: 'post' | 'pickup'): void => {
  const at = after(dice.between(5, 60));
  const proof = personal('record', 'semnătură, registru 12');
  decide(clerk(current().booking.staffId), (state) => handOverResolution({ channel, handedOverAt: at, proof, at }, state));
};

/** By e-mail where there is one, else over the counter. */
export const send = (story: Story): void => {
  const { life, decide, after, dice, ticketId } = story;
  if (!life.withEmail) {
    handOver(story, 'pickup');
    return;
  }
  const acceptedAt = after(dice.between(1, 10));
  decide(letters, (state) => noteResolutionSent({ letterId: `resolution-${ticketId}`, toVerifiedAddress: true, acceptedAt }, state));
};

const heldWith =
  (recorded: (story: Story, startedAt: Instant, seconds: number) => void) =>
  (story: Story): void => {
    const { startedAt, endedAt } = meet(story);
    recorded(story, startedAt, secondsBetween(startedAt, endedAt));
    write(story);
    send(story);
  };

const recordedWhole = (story: Story, startedAt: Instant, seconds: number): void => {
  record(story, 1, startedAt, seconds, 5);
};

const cancelledBy = (story: Story, by: 'citizen' | 'staff'): void => {
  later(
    story.life.course === 'moved sooner, as the citizen agreed' ? { ...story, dice: { ...story.dice, between: (from) => from } } : story,
  );
  const { decide, now, ticketId, ticket: current } = story;
  const [at, reason] = [now(), by === 'staff' ? ({ reason: 'technical' } as const) : {}];
  const actor = by === 'citizen' ? citizen(ticketId) : clerk(current().booking.staffId);
  decide(actor, (state) => cancel({ ...rules, by, ...reason, slotFreeFrom: plusMinutes(at, 7), at }, state));
  if (by === 'staff') tell(story, 'cancelled');
};

const takeEnding: Readonly<Record<Life['ending'], (story: Story) => void>> = {
  held: heldWith(recordedWhole),
  'held, the recording late': (story) => {
    const { startedAt, endedAt } = meet(story);
    write(story);
    send(story);
    record(story, 1, startedAt, secondsBetween(startedAt, endedAt), 50 * 60);
  },
  'held, recorded in two pieces': heldWith((story, startedAt, seconds) => {
    const half = Math.floor(seconds / 2);
    record(story, 1, startedAt, half, 5);
    record(story, 2, plusSeconds(startedAt, half), half, 1);
  }),
  'held, the recording waived': heldWith(({ decide, after, ticket: current }) => {
    const at = after(1);
    const reason = personal('contact', 'nu dorește să fie înregistrat');
    decide(clerk(current().booking.staffId), (state) => waiveRecording({ reason, offeredAlternative: true, at }, state));
  }),
  'held, the letter came back': (story) => {
    heldWith(recordedWhole)(story);
    const at = story.after(60);
    story.decide(letters, (state) =>
      noteLetterBounced({ ...rules, letterId: `resolution-${story.ticketId}`, kind: 'resolution', grade: 'observed', at }, state),
    );
    handOver(story, 'post');
  },
  'the citizen was absent': ({ decide, until, dice, ticket: current }) => {
    const { staffId, slot } = current().booking;
    const at = until(plusMinutes(slot.startsAt, dice.between(10, 15)));
    decide(clerk(staffId), (state) => recordCitizenAbsent({ policies, at }, state));
  },
  'cancelled by the citizen': (story) => {
    cancelledBy(story, 'citizen');
  },
  'cancelled by staff, no new hour wanted': (story) => {
    cancelledBy(story, 'staff');
    const at = story.after(20);
    const declined = { about: 'cancelled', channel: 'phone', outcome: 'declined-new-slot', notifiedAt: at, at } as const;
    story.decide(clerk(story.ticket().booking.staffId), (state) => notifyCitizen(declined, state));
  },
  'cancelled by staff, a new ticket': (story) => {
    cancelledBy(story, 'staff');
    const { ofRequest, after, ticketId } = story;
    const [ended, at] = [after(1), after(60)];
    ofRequest(booking, (state) => endAdmission({ ticketId, newHour: 'owed', at: ended }, state));
    const again = ticketId.replace('0195a3c0', '0195a3c1');
    const slot = slotIn(story, story.handler, 4, 12);
    ofRequest(citizen(again), (state) =>
      admitTicket({ ticketId: again, holdId: `hold-1-${again}`, staffId: story.handler, slot, at, until: plusMinutes(at, 15) }, state),
    );
  },
  'the code was never entered': lapsed,
};

/** Long after every deadline of every life. */
export const longAfter: Instant = '2028-01-01T00:00:00.000Z';

/** A story as far as its meeting has an hour, for whoever tells the end otherwise. */
export const begin = (life: Life): Story & { readonly history: () => History } => {
  const dice = diceOf(life.seed);
  const ticketId = `0195a3c0-1b2c-7d3e-8f40-${String(life.seed).padStart(12, '0')}`;
  const handler = `S-${String(100 + (life.seed % 900))}`;
  let clock: Instant = plusMinutes('2026-02-02T06:00:00.000Z', dice.between(0, 360 * 24 * 60));
  const [ofTicket, ofRequest] = [penOf(ticket), penOf(registeredRequest)];
  const story: Story = {
    life,
    dice,
    ticketId,
    handler,
    now: () => clock,
    after: (minutes) => (clock = plusSeconds(clock, Math.round(minutes * 60))),
    until: (instant) => (clock = instant > clock ? instant : clock),
    ticket: () => {
      const state = ofTicket.state();
      if (!isRequested(state)) throw new Error('The ticket was never requested.');
      return state;
    },
    request: () => {
      const state = ofRequest.state();
      if (state.status === 'unknown') throw new Error('The request is not known.');
      return state;
    },
    decide: (actor, decide) => {
      ofTicket.write(clock, actor, decide);
    },
    ofRequest: (actor, decide) => {
      ofRequest.write(clock, actor, decide);
    },
  };
  const state = file(story, handler);
  ask(story, state);
  const staff = [handler, colleague].map((staffId) => [staffId, recorded(staffStream(staffId), [staffRegistered(staffId)])] as const);
  return {
    ...story,
    history: () => ({
      ticketId,
      ticket: recorded(ticketStream(ticketId), ofTicket.entries),
      request: recorded(requestStream(state), ofRequest.entries),
      staff: Object.fromEntries(staff),
      calendar: [],
      otherMeetings: [],
      chain: { intact: true },
    }),
  };
};

/** Booked, and what became of the hour before it came. */
export const untilTheHour = (story: Story): void => {
  const { life, decide, now } = story;
  if (life.withEmail) enterCode(story);
  decide(citizen(story.ticketId), (state) => schedule({ ...rules, at: now() }, state));
  invite(story);
  takeCourse[life.course](story);
};

/** The whole life, decided step by step by the same functions that decide in production. */
export const historyOfLife = (life: Life): History => {
  const story = begin(life);
  if (life.ending === 'the code was never entered') {
    story.decide(booking, (state) => issueCode({ at: story.now(), policies }, state));
    lapsed(story);
  } else {
    untilTheHour(story);
    takeEnding[life.ending](story);
  }
  return story.history();
};
