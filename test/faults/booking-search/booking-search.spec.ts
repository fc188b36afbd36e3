import type { Place } from '../../../src/domain/booking/next-step';
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

const named = <Name extends string>(worlds: Readonly<Record<Name, readonly Wish[]>>) =>
  Object.fromEntries(Object.entries(worlds).map(([name, wishes]) => [name, { name, wishes }])) as Record<Name, Scenario>;

/** Small worlds, each with the least in it that can go wrong. */
const scenarios = named({
  'two citizens want one slot': [booksByEmail('A', '1', at('08:00', 'a1')), booksByEmail('B', '2', at('08:00', 'b1'))],
  'one request, asked for twice': [booksByEmail('A', '1', at('08:00', 'a1')), books('B', '1', at('08:15', 'b1'))],
  'a cancelled slot is wanted by another': [books('A', '1', at('08:00', 'a1')), books('B', '2', at('08:00', 'b1')), cancels('A')],
  'cancelled, and asked for again': [booksByEmail('A', '1', at('08:00', 'a1')), books('B', '1', at('08:00', 'b1')), cancels('A')],
  'the address corrected before the code': [
    booksByEmail('A', '1', at('08:00', 'a1')),
    withdraws('A', '1', at('08:00', 'a1')),
    books('B', '1', at('08:00', 'b1')),
  ],
  'moved to where another wants to be': [
    books('A', '1', at('08:00', 'a1')),
    books('B', '2', at('08:15', 'b1')),
    moves('A', at('08:15', 'a2')),
  ],
  'moved away, and another comes': [books('A', '1', at('08:00', 'a1')), books('B', '2', at('08:00', 'b1')), moves('A', at('08:15', 'a2'))],
  'moved twice at once': [books('A', '1', at('08:00', 'a1')), moves('A', at('08:15', 'a2')), moves('A', at('08:30', 'a3'))],
  'moved and cancelled at once': [books('A', '1', at('08:00', 'a1')), moves('A', at('08:15', 'a2')), cancels('A')],
  'moved to another agenda': [books('A', '1', at('08:00', 'a1')), moves('A', place('s2', '08:15', 'a2')), cancels('A')],
  'the day is blocked meanwhile': [booksByEmail('A', '1', at('08:00', 'a1')), books('B', '2', at('08:15', 'b1')), blocks('s1')],
  'moved into a day that is blocked': [books('A', '1', at('08:00', 'a1')), moves('A', place('s2', '08:15', 'a2')), blocks('s2')],
  'hour, person and mode at once': [books('A', '1', at('08:00', 'a1')), movesAll('A', place('s2', '08:15', 'a2')), cancels('A')],
  'hour, person and mode at once, where another is moved to': [
    books('A', '1', at('08:00', 'a1')),
    books('B', '2', at('08:15', 'b1')),
    movesAll('A', place('s2', '08:15', 'a2')),
    moves('B', place('s2', '08:15', 'b2')),
  ],
  'an offer accepted and withdrawn at once': [
    books('A', '1', at('08:00', 'a1')),
    offers('A', 'o1'),
    accepts('A', 'o1', place('s2', '08:15', 'a2')),
    withdrawsOffer('A', 'o1'),
  ],
  'an offer accepted while the meeting moves': [
    books('A', '1', at('08:00', 'a1')),
    offers('A', 'o1'),
    accepts('A', 'o1', place('s2', '08:15', 'a2')),
    moves('A', at('08:30', 'a3')),
  ],
  'an offer accepted by two heads at once': [
    books('A', '1', at('08:00', 'a1')),
    offers('A', 'o1'),
    accepts('A', 'o1', place('s2', '08:15', 'a2')),
    accepts('A', 'o1', place('s2', '08:30', 'a3')),
  ],
  'the mode changed while the meeting moves': [books('A', '1', at('08:00', 'a1')), moves('A', at('08:15', 'a2')), changesMode('A')],
  'moved to another person and back': [
    books('A', '1', at('08:00', 'a1')),
    movesAll('A', place('s2', '08:15', 'a2')),
    moves('A', at('08:00', 'a3')),
  ],
  'a day planned anew: each one quarter of an hour later': [
    books('A', '1', at('08:00', 'a1')),
    books('B', '2', at('08:15', 'b1')),
    moves('A', at('08:15', 'a2')),
    moves('B', at('08:30', 'b2')),
  ],
  'a day planned anew: one goes to a colleague, another takes its hour': [
    books('A', '1', at('08:00', 'a1')),
    books('B', '2', at('08:15', 'b1')),
    movesAll('B', place('s2', '08:15', 'b2')),
    moves('A', at('08:15', 'a2')),
  ],
});

/** Larger worlds, for the long form of the search only. */
const largerScenarios = named({
  'three citizens want one slot': [
    booksByEmail('A', '1', at('08:00', 'a1')),
    booksByEmail('B', '2', at('08:00', 'b1')),
    books('C', '3', at('08:00', 'c1')),
  ],
  'one moves, is cancelled and asks again, another comes, the day is blocked': [
    books('A', '1', at('08:00', 'a1')),
    moves('A', at('08:15', 'a2')),
    cancels('A'),
    books('B', '1', at('08:00', 'b1')),
    blocks('s1'),
  ],
});

/** Days planned anew whose worlds nobody can search to their end: the nearest states of each, for the long form only. */
const replannedDays = named({
  'a day planned anew: two change places over a free hour': [
    books('A', '1', at('08:00', 'a1')),
    books('B', '2', at('08:15', 'b1')),
    moves('A', at('08:30', 'a2')),
    moves('B', at('08:00', 'b2')),
    moves('A', at('08:15', 'a3')),
  ],
  'a day planned anew: two go to a colleague in other modes, and a third citizen comes': [
    books('A', '1', at('08:00', 'a1')),
    books('B', '2', at('08:15', 'b1')),
    movesAll('A', place('s2', '08:00', 'a2')),
    movesAll('B', place('s2', '08:15', 'b2')),
    books('C', '3', at('08:00', 'c1')),
  ],
});

/** A nearby wording of the protocol, and a small world in which it goes wrong. */
type BrokenProtocol = { readonly name: string; readonly protocol: Protocol; readonly scenario: Scenario };

const activeIn = (known: Parameters<Protocol['nextStep']>[0]) =>
  known.request !== undefined && known.request.status !== 'unknown' && known.request.admission?.ticketId === known.ticketId;

/** Which offers have ended is not looked at. */
const forgettingOffers: Protocol['nextStep'] = (known) => {
  const { ticket } = known;
  return theProtocol.nextStep(isRequested(ticket) ? { ...known, ticket: { ...ticket, offers: { ...ticket.offers, ended: [] } } } : known);
};

const anew = scenarios['a day planned anew: each one quarter of an hour later'];

const brokenProtocols: readonly BrokenProtocol[] = [
  {
    name: 'the mode left behind by the move',
    scenario: scenarios['hour, person and mode at once'],
    protocol: {
      ...theProtocol,
      reschedule: ({ mode: _, ...command }, state) => theProtocol.reschedule(command, state),
    },
  },
  {
    name: 'the hour first, and the person in a step of its own',
    scenario: scenarios['hour, person and mode at once'],
    protocol: {
      ...theProtocol,
      reschedule: (command, state) =>
        theProtocol.reschedule(isRequested(state) ? { ...command, staffId: state.booking.staffId } : command, state),
    },
  },
  {
    name: 'the old hour given back before the ticket has left it',
    scenario: scenarios['hour, person and mode at once'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const { ticket } = known;
        const step = theProtocol.nextStep(known);
        return step.kind === 'move' && isRequested(ticket) ? { kind: 'release', place: ticket.booking } : step;
      },
    },
  },
  {
    name: 'an offer that was withdrawn moves the meeting all the same',
    scenario: scenarios['an offer accepted and withdrawn at once'],
    protocol: {
      ...theProtocol,
      nextStep: forgettingOffers,
      reschedule: ({ offerId: _, ...command }, state) => theProtocol.reschedule(command, state),
    },
  },
  {
    name: 'the hour of an offer that was withdrawn is kept for ever',
    scenario: scenarios['an offer accepted and withdrawn at once'],
    protocol: { ...theProtocol, nextStep: forgettingOffers },
  },
  {
    name: 'an offer that nobody has heard of is taken for withdrawn',
    scenario: scenarios['an offer accepted and withdrawn at once'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const { ticket, moveTo } = known;
        const step = theProtocol.nextStep(known);
        const offerId = moveTo && known.agendaOf(moveTo)?.holds[moveTo.holdId]?.move?.offerId;
        const isUnheard = isRequested(ticket) && ticket.offers.newest?.offerId !== offerId;
        return moveTo !== undefined && offerId !== undefined && isUnheard ? { kind: 'release', place: moveTo } : step;
      },
    },
  },
  {
    name: 'an hour that is to be left counts as free',
    scenario: anew,
    protocol: {
      ...theProtocol,
      holdSlot: (command, state) =>
        theProtocol.holdSlot(command, {
          ...state,
          holds:
            command.move === undefined
              ? state.holds
              : { ...(state.holds[command.holdId] && { [command.holdId]: state.holds[command.holdId] }) },
        } as typeof state),
    },
  },
  {
    name: 'whoever stands at the hour that was left is put out',
    scenario: anew,
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const { ticket } = known;
        const step = theProtocol.nextStep(known);
        if (step.kind !== 'done' || !isRequested(ticket)) return step;
        // The hour is freed once more, by its time and not by its hold.
        const places = ticket.left.flatMap((left) =>
          Object.values(known.agendaOf(left)?.holds ?? {})
            .filter(({ slot, standing }) => slot.startsAt === left.slot.startsAt && standing === 'confirmed')
            .map(({ holdId }) => ({ ...left, holdId })),
        );
        return places[0] === undefined ? step : { kind: 'release', place: places[0] };
      },
    },
  },
  {
    name: 'concluding before Lapsed',
    scenario: scenarios['one request, asked for twice'],
    protocol: {
      ...theProtocol,
      nextStep: (known) =>
        known.ticket.status === 'awaiting-code' && known.at >= known.ticket.heldUntil && activeIn(known)
          ? { kind: 'end-admission' }
          : theProtocol.nextStep(known),
    },
  },
  {
    name: 'concluding without the fence',
    scenario: scenarios['one request, asked for twice'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const step = theProtocol.nextStep(known);
        return step.kind === 'lapse' && step.cause === 'never-requested' ? { kind: 'end-admission' } : step;
      },
    },
  },
  {
    name: 'releasing before Cancelled',
    scenario: scenarios['a cancelled slot is wanted by another'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const { ticket } = known;
        const step = theProtocol.nextStep(known);
        return ticket.status === 'scheduled' && step.kind === 'done' && known.at > ticket.heldUntil
          ? { kind: 'release', place: ticket.booking }
          : step;
      },
    },
  },
  {
    name: 'still elsewhere, so release',
    scenario: scenarios['moved away, and another comes'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const { ticket, moveTo, at } = known;
        const step = theProtocol.nextStep(known);
        // A timer sees the meeting still on `from` and takes the move for dead.
        const standing = isRequested(ticket) && stillStands(ticket) && moveTo && ticket.booking.holdId !== moveTo.holdId;
        return step.kind === 'move' && standing && at > ticket.heldUntil ? { kind: 'release', place: moveTo } : step;
      },
    },
  },
  {
    name: 'not where it would come from, so release',
    scenario: scenarios['moved twice at once'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const { ticket, moveTo, agendaOf } = known;
        const step = theProtocol.nextStep(known);
        if (step.kind !== 'wait' || !moveTo || !isRequested(ticket) || !stillStands(ticket)) return step;
        // The ticket may be older news than the agenda: it will stand on `from` yet.
        return agendaOf(moveTo)?.holds[moveTo.holdId]?.from === ticket.booking.holdId ? step : { kind: 'release', place: moveTo };
      },
    },
  },
  {
    name: 'a conflict, so I lost',
    scenario: scenarios['moved away, and another comes'],
    protocol: { ...theProtocol, onConflict: (step) => (step.kind === 'move' ? { kind: 'release', place: step.place } : undefined) },
  },
  {
    name: 'hold ids used again',
    scenario: {
      name: 'two citizens, one id for the slot',
      wishes: [books('A', '1', place('s1', '08:00', 'slot')), books('B', '2', place('s1', '08:00', 'slot'))],
    },
    protocol: theProtocol,
  },
  {
    name: 'a ticket admitted twice',
    scenario: scenarios['one request, asked for twice'],
    protocol: {
      ...theProtocol,
      admitTicket: (command, state) =>
        theProtocol.admitTicket(command, state.status === 'unknown' ? state : { ...state, admittedTicketIds: [] }),
    },
  },
  {
    name: 'nobody carries on from step 4 to step 5',
    scenario: scenarios['two citizens want one slot'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const step = theProtocol.nextStep(known);
        return step.kind === 'confirm' && known.ticket.status === 'verified' ? { kind: 'wait' } : step;
      },
    },
  },
  {
    name: 'nobody carries on from step 5 to step 6',
    scenario: scenarios['two citizens want one slot'],
    protocol: {
      ...theProtocol,
      nextStep: (known) => {
        const step = theProtocol.nextStep(known);
        return step.kind === 'schedule' ? { kind: 'wait' } : step;
      },
    },
  },
  {
    name: 'a conclusion without the ticket’s id',
    scenario: scenarios['one request, asked for twice'],
    protocol: {
      ...theProtocol,
      endAdmission: ({ at }, state) =>
        state.status !== 'unknown' && state.admission
          ? accept({ type: 'AdmissionEnded', data: { ticketId: state.admission.ticketId, endedAt: at } })
          : noChange(),
    },
  },
  {
    name: 'a move that does not say from where',
    scenario: scenarios['moved twice at once'],
    protocol: {
      ...theProtocol,
      reschedule: (command, state) => {
        if (!isRequested(state) || !stillStands(state)) return theProtocol.reschedule(command, state);
        const decision = theProtocol.reschedule({ ...command, from: state.booking.holdId }, state);
        if (isRefusal(decision)) return decision;
        const left = { staffId: 's1', departmentCode: '1', slot: slotAt('08:00'), holdId: command.from };
        return accept(...decision.facts.map((fact) => ({ ...fact, data: { ...fact.data, from: left } })));
      },
    },
  },
  {
    name: 'never loading anew',
    scenario: scenarios['two citizens want one slot'],
    protocol: { ...theProtocol, loadsAnew: () => false },
  },
  {
    name: 'not loading anew when the store says that others were faster',
    scenario: scenarios['two citizens want one slot'],
    protocol: { ...theProtocol, loadsAnew: (when) => when === 'refusal' },
  },
  {
    name: 'a refusal told by what is remembered',
    scenario: scenarios['a cancelled slot is wanted by another'],
    protocol: { ...theProtocol, loadsAnew: (when) => when !== 'refusal' },
  },
  {
    name: 'confirming without looking at the holder',
    scenario: {
      name: 'two citizens at the counter',
      wishes: [books('A', '1', place('s1', '08:00', 'a1')), books('B', '2', place('s1', '08:00', 'b1'))],
    },
    protocol: {
      ...theProtocol,
      confirmSlot: ({ holdId, at }, state) => {
        const hold = state.holds[holdId];
        return hold && hold.standing !== 'confirmed'
          ? accept({ type: 'SlotConfirmed', data: { holdId, ticketId: hold.ticketId, slot: hold.slot, confirmedAt: at } })
          : theProtocol.confirmSlot({ holdId, at }, state);
      },
    },
  },
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
