import type { BookingStep, Place } from '../../../src/domain/booking/next-step';
import { accept, noChange } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { isRequested, stillStands } from '../../../src/domain/ticket/ticket';
import { place, type Scenario, type Wish, type Protocol, slotAt, theProtocol } from './protocol';
import { search } from './search';

/** At the first person's hour. */
const at = (hour: string, holdId: string): Place => place('s1', hour, holdId);
const books = (ticketId: string, request: string, where: Place, email = false): Wish => ({
  kind: 'book',
  ticketId,
  request,
  place: where,
  email,
});
const booksByEmail = (ticketId: string, request: string, where: Place): Wish => books(ticketId, request, where, true);
const moves = (ticketId: string, to: Place): Wish => ({ kind: 'move', ticketId, to });
/** The one move: another hour, another person and another mode, in one step. */
const movesAll = (ticketId: string, to: Place): Wish => ({ kind: 'move', ticketId, to, mode: 'phone' });
const changesMode = (ticketId: string): Wish => ({ kind: 'change-mode', ticketId, mode: 'phone' });
/** Offered to another department; its head accepts with another hour. */
const offers = (ticketId: string, offerId: string): Wish => ({ kind: 'offer', ticketId, offerId });
const accepts = (ticketId: string, offerId: string, to: Place): Wish => ({ kind: 'move', ticketId, to, offerId });
const withdrawsOffer = (ticketId: string, offerId: string): Wish => ({ kind: 'withdraw-offer', ticketId, offerId });
const cancels = (ticketId: string): Wish => ({ kind: 'cancel', ticketId });
const withdraws = (ticketId: string, request: string, where: Place): Wish => ({ kind: 'withdraw', ticketId, request, place: where });
const blocks = (staffId: string): Wish => ({ kind: 'block', staffId });

/** How nearly every one of these worlds begins, and what then becomes of it. */
const aAtEight = books('A', '1', at('08:00', 'a1'));
const aByEmail = booksByEmail('A', '1', at('08:00', 'a1'));
const bAtEight = books('B', '2', at('08:00', 'b1'));
const bByEmail = booksByEmail('B', '2', at('08:00', 'b1'));
const bAtQuarterPast = books('B', '2', at('08:15', 'b1'));
const aMoves = moves('A', at('08:15', 'a2'));
const aToColleague = movesAll('A', place('s2', '08:15', 'a2'));
const aIsOffered = offers('A', 'o1');
const aIsAccepted = accepts('A', 'o1', place('s2', '08:15', 'a2'));

const named = <Name extends string>(worlds: Readonly<Record<Name, readonly Wish[]>>) =>
  Object.fromEntries(Object.entries(worlds).map(([name, wishes]) => [name, { name, wishes }])) as Record<Name, Scenario>;

/** Small worlds, each with the least in it that can go wrong. */
const scenarios = named({
  'two citizens want one slot': [aByEmail, bByEmail],
  'one request, asked for twice': [aByEmail, books('B', '1', at('08:15', 'b1'))],
  'a cancelled slot is wanted by another': [aAtEight, bAtEight, cancels('A')],
  'cancelled, and asked for again': [aByEmail, books('B', '1', at('08:00', 'b1')), cancels('A')],
  'the address corrected before the code': [aByEmail, withdraws('A', '1', at('08:00', 'a1')), books('B', '1', at('08:00', 'b1'))],
  'moved to where another wants to be': [aAtEight, bAtQuarterPast, aMoves],
  'moved away, and another comes': [aAtEight, bAtEight, aMoves],
  'moved twice at once': [aAtEight, aMoves, moves('A', at('08:30', 'a3'))],
  'moved and cancelled at once': [aAtEight, aMoves, cancels('A')],
  'moved to another agenda': [aAtEight, moves('A', place('s2', '08:15', 'a2')), cancels('A')],
  'the day is blocked meanwhile': [aByEmail, bAtQuarterPast, blocks('s1')],
  'moved into a day that is blocked': [aAtEight, moves('A', place('s2', '08:15', 'a2')), blocks('s2')],
  'hour, person and mode at once': [aAtEight, aToColleague, cancels('A')],
  'hour, person and mode at once, where another is moved to': [
    aAtEight,
    bAtQuarterPast,
    aToColleague,
    moves('B', place('s2', '08:15', 'b2')),
  ],
  'an offer accepted and withdrawn at once': [aAtEight, aIsOffered, aIsAccepted, withdrawsOffer('A', 'o1')],
  'an offer accepted while the meeting moves': [aAtEight, aIsOffered, aIsAccepted, moves('A', at('08:30', 'a3'))],
  'an offer accepted by two heads at once': [aAtEight, aIsOffered, aIsAccepted, accepts('A', 'o1', place('s2', '08:30', 'a3'))],
  'the mode changed while the meeting moves': [aAtEight, aMoves, changesMode('A')],
  'moved to another person and back': [aAtEight, aToColleague, moves('A', at('08:00', 'a3'))],
  'a day planned anew: each one quarter of an hour later': [aAtEight, bAtQuarterPast, aMoves, moves('B', at('08:30', 'b2'))],
  'a day planned anew: one goes to a colleague, another takes its hour': [
    aAtEight,
    bAtQuarterPast,
    movesAll('B', place('s2', '08:15', 'b2')),
    aMoves,
  ],
});

/** Larger worlds, for the long form of the search only. */
const largerScenarios = named({
  'three citizens want one slot': [aByEmail, bByEmail, books('C', '3', at('08:00', 'c1'))],
  'one moves, is cancelled and asks again, another comes, the day is blocked': [
    aAtEight,
    aMoves,
    cancels('A'),
    books('B', '1', at('08:00', 'b1')),
    blocks('s1'),
  ],
});

/** Days planned anew whose worlds nobody can search to their end: the nearest states of each, for the long form only. */
const replannedDays = named({
  'a day planned anew: two change places over a free hour': [
    aAtEight,
    bAtQuarterPast,
    moves('A', at('08:30', 'a2')),
    moves('B', at('08:00', 'b2')),
    moves('A', at('08:15', 'a3')),
  ],
  'a day planned anew: two go to a colleague in other modes, and a third citizen comes': [
    aAtEight,
    bAtQuarterPast,
    movesAll('A', place('s2', '08:00', 'a2')),
    movesAll('B', place('s2', '08:15', 'b2')),
    books('C', '3', at('08:00', 'c1')),
  ],
});

/** A nearby wording of the protocol, and a small world in which it goes wrong. */
type BrokenProtocol = { readonly name: string; readonly protocol: Protocol; readonly scenario: Scenario };
type Known = Parameters<Protocol['nextStep']>[0];
const broken = (name: string, scenario: Scenario, changes: Partial<Protocol>): BrokenProtocol => ({
  name,
  scenario,
  protocol: { ...theProtocol, ...changes },
});
/** Another step than the one that is the next. */
const another = (stepInstead: (step: BookingStep, known: Known) => BookingStep): Pick<Protocol, 'nextStep'> => ({
  nextStep: (known) => stepInstead(theProtocol.nextStep(known), known),
});

const activeIn = (known: Known) =>
  known.request !== undefined && known.request.status !== 'unknown' && known.request.admission?.ticketId === known.ticketId;

/** Which offers have ended is not looked at. */
const forgettingOffers: Protocol['nextStep'] = (known) => {
  const { ticket } = known;
  return theProtocol.nextStep(isRequested(ticket) ? { ...known, ticket: { ...ticket, offers: { ...ticket.offers, ended: [] } } } : known);
};

const anew = scenarios['a day planned anew: each one quarter of an hour later'];
const twoCitizens = scenarios['two citizens want one slot'];
const askedTwice = scenarios['one request, asked for twice'];
const cancelledSlot = scenarios['a cancelled slot is wanted by another'];
const movedAway = scenarios['moved away, and another comes'];
const movedTwice = scenarios['moved twice at once'];
const allAtOnce = scenarios['hour, person and mode at once'];
const offerWithdrawn = scenarios['an offer accepted and withdrawn at once'];

const brokenProtocols: readonly BrokenProtocol[] = [
  broken('the mode left behind by the move', allAtOnce, {
    reschedule: ({ mode: _, ...command }, state) => theProtocol.reschedule(command, state),
  }),
  broken('the hour first, and the person in a step of its own', allAtOnce, {
    reschedule: (command, state) =>
      theProtocol.reschedule(isRequested(state) ? { ...command, staffId: state.booking.staffId } : command, state),
  }),
  broken(
    'the old hour given back before the ticket has left it',
    allAtOnce,
    another((step, { ticket }) => (step.kind === 'move' && isRequested(ticket) ? { kind: 'release', place: ticket.booking } : step)),
  ),
  broken('an offer that was withdrawn moves the meeting all the same', offerWithdrawn, {
    nextStep: forgettingOffers,
    reschedule: ({ offerId: _, ...command }, state) => theProtocol.reschedule(command, state),
  }),
  broken('the hour of an offer that was withdrawn is kept for ever', offerWithdrawn, { nextStep: forgettingOffers }),
  broken(
    'an offer that nobody has heard of is taken for withdrawn',
    offerWithdrawn,
    another((step, { ticket, moveTo, agendaOf }) => {
      const offerId = moveTo && agendaOf(moveTo)?.holds[moveTo.holdId]?.move?.offerId;
      const isUnheard = isRequested(ticket) && ticket.offers.newest?.offerId !== offerId;
      return moveTo !== undefined && offerId !== undefined && isUnheard ? { kind: 'release', place: moveTo } : step;
    }),
  ),
  broken('an hour that is to be left counts as free', anew, {
    holdSlot: (command, state) =>
      theProtocol.holdSlot(command, {
        ...state,
        holds:
          command.move === undefined
            ? state.holds
            : { ...(state.holds[command.holdId] && { [command.holdId]: state.holds[command.holdId] }) },
      } as typeof state),
  }),
  broken(
    'whoever stands at the hour that was left is put out',
    anew,
    another((step, { ticket, agendaOf }) => {
      if (step.kind !== 'done' || !isRequested(ticket)) return step;
      // The hour is freed once more, by its time and not by its hold.
      const places = ticket.left.flatMap((left) =>
        Object.values(agendaOf(left)?.holds ?? {})
          .filter(({ slot, standing }) => slot.startsAt === left.slot.startsAt && standing === 'confirmed')
          .map(({ holdId }) => ({ ...left, holdId })),
      );
      return places[0] === undefined ? step : { kind: 'release', place: places[0] };
    }),
  ),
  broken('concluding before Lapsed', askedTwice, {
    nextStep: (known) =>
      known.ticket.status === 'awaiting-code' && known.at >= known.ticket.heldUntil && activeIn(known)
        ? { kind: 'end-admission' }
        : theProtocol.nextStep(known),
  }),
  broken(
    'concluding without the fence',
    askedTwice,
    another((step) => (step.kind === 'lapse' && step.cause === 'never-requested' ? { kind: 'end-admission' } : step)),
  ),
  broken(
    'releasing before Cancelled',
    cancelledSlot,
    another((step, { ticket, at: now }) =>
      ticket.status === 'scheduled' && step.kind === 'done' && now > ticket.heldUntil ? { kind: 'release', place: ticket.booking } : step,
    ),
  ),
  broken(
    'still elsewhere, so release',
    movedAway,
    another((step, { ticket, moveTo, at: now }) => {
      // A timer sees the meeting still on `from` and takes the move for dead.
      const standing = isRequested(ticket) && stillStands(ticket) && moveTo && ticket.booking.holdId !== moveTo.holdId;
      return step.kind === 'move' && standing && now > ticket.heldUntil ? { kind: 'release', place: moveTo } : step;
    }),
  ),
  broken(
    'not where it would come from, so release',
    movedTwice,
    another((step, { ticket, moveTo, agendaOf }) => {
      if (step.kind !== 'wait' || !moveTo || !isRequested(ticket) || !stillStands(ticket)) return step;
      // The ticket may be older news than the agenda: it will stand on `from` yet.
      return agendaOf(moveTo)?.holds[moveTo.holdId]?.from === ticket.booking.holdId ? step : { kind: 'release', place: moveTo };
    }),
  ),
  broken('a conflict, so I lost', movedAway, {
    onConflict: (step) => (step.kind === 'move' ? { kind: 'release', place: step.place } : undefined),
  }),
  {
    name: 'hold ids used again',
    scenario: {
      name: 'two citizens, one id for the slot',
      wishes: [books('A', '1', at('08:00', 'slot')), books('B', '2', at('08:00', 'slot'))],
    },
    protocol: theProtocol,
  },
  broken('a ticket admitted twice', askedTwice, {
    admitTicket: (command, state) =>
      theProtocol.admitTicket(command, state.status === 'unknown' ? state : { ...state, admittedTicketIds: [] }),
  }),
  broken(
    'nobody carries on from step 4 to step 5',
    twoCitizens,
    another((step, { ticket }) => (step.kind === 'confirm' && ticket.status === 'verified' ? { kind: 'wait' } : step)),
  ),
  broken(
    'nobody carries on from step 5 to step 6',
    twoCitizens,
    another((step) => (step.kind === 'schedule' ? { kind: 'wait' } : step)),
  ),
  broken('a conclusion without the ticket’s id', askedTwice, {
    endAdmission: ({ at: endedAt }, state) =>
      state.status !== 'unknown' && state.admission
        ? accept({ type: 'AdmissionEnded', data: { ticketId: state.admission.ticketId, endedAt } })
        : noChange(),
  }),
  broken('a move that does not say from where', movedTwice, {
    reschedule: (command, state) => {
      if (!isRequested(state) || !stillStands(state)) return theProtocol.reschedule(command, state);
      const decision = theProtocol.reschedule({ ...command, from: state.booking.holdId }, state);
      if (isRefusal(decision)) return decision;
      const left = { staffId: 's1', departmentCode: '1', slot: slotAt('08:00'), holdId: command.from };
      return accept(...decision.facts.map((fact) => ({ ...fact, data: { ...fact.data, from: left } })));
    },
  }),
  broken('never loading anew', twoCitizens, { loadsAnew: () => false }),
  broken('not loading anew when the store says that others were faster', twoCitizens, { loadsAnew: (when) => when === 'refusal' }),
  broken('a refusal told by what is remembered', cancelledSlot, { loadsAnew: (when) => when !== 'refusal' }),
  broken(
    'confirming without looking at the holder',
    { name: 'two citizens at the counter', wishes: [aAtEight, bAtEight] },
    {
      confirmSlot: ({ holdId, at: confirmedAt }, state) => {
        const hold = state.holds[holdId];
        return hold && hold.standing !== 'confirmed'
          ? accept({ type: 'SlotConfirmed', data: { holdId, ticketId: hold.ticketId, slot: hold.slot, confirmedAt } })
          : theProtocol.confirmSlot({ holdId, at: confirmedAt }, state);
      },
    },
  ),
];

const full = process.env['FAULTS'] === 'full';
const mostStates = full ? 2_000_000 : 8_000;
const worlds = [
  ...[...Object.values(scenarios), ...(full ? Object.values(largerScenarios) : [])].map((scenario) => ({ ...scenario, most: mostStates })),
  ...(full ? Object.values(replannedDays) : []).map((scenario) => ({ ...scenario, most: 40_000 })),
];

describe('the booking protocol, searched state by state', () => {
  it.each(worlds)('$name: nothing to find', ({ most, ...scenario }) => {
    const { finding, states } = search(scenario, theProtocol, most);
    expect(finding).toBeUndefined();
    expect(states).toBeGreaterThan(20);
  });

  it.each(brokenProtocols)('$name: found', ({ scenario, protocol }) => {
    expect(search(scenario, protocol, 300_000).finding).toBeDefined();
  });
});
