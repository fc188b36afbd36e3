import { accept, noChange } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { isRequested, stillStands } from '../../../src/domain/ticket/state';
import { place, type Protocol, type Scenario, slotAt, theProtocol } from './protocol';
import { books, scenarios } from './scenarios';

/** A nearby wording of the protocol, and a small world in which it goes wrong. */
export type BrokenProtocol = { readonly name: string; readonly protocol: Protocol; readonly scenario: Scenario };

const activeIn = (known: Parameters<Protocol['nextStep']>[0]) =>
  known.request.status !== 'unknown' && known.request.admission?.ticketId === known.ticketId;

export const brokenProtocols: readonly BrokenProtocol[] = [
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
        return agendaOf(moveTo).holds[moveTo.holdId]?.from === ticket.booking.holdId ? step : { kind: 'release', place: moveTo };
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
