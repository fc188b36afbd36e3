import { type AgendaState, agenda, blockTime, releaseSlot } from '../../../src/domain/agenda/agenda';
import type { DayPlan } from '../../../src/domain/agenda/day-plan';
import type { AgendaFact } from '../../../src/domain/agenda/facts';
import type { BookingKnowledge, BookingStep, Place } from '../../../src/domain/booking/next-step';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Fact } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import { type Decision, noChange } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { policiesWith } from '../../../src/domain/policies';
import type { RequestFact } from '../../../src/domain/request/facts';
import { type RequestState, registeredRequest } from '../../../src/domain/request/request';
import { cancel, changeMode } from '../../../src/domain/ticket/changes';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import { offerMove, openOffer, withdrawOffer } from '../../../src/domain/ticket/offered';
import { lapse, requestTicket, schedule } from '../../../src/domain/ticket/request-ticket';
import { type TicketState, hasEnded, isActive, isPending, isRequested, stillStands, ticket } from '../../../src/domain/ticket/ticket';
import { issueCode, verifyEmail } from '../../../src/domain/ticket/verification';
import type { Protocol, Scenario } from './protocol';

const early = '2026-03-02T08:00:00.000Z';
const until = '2026-03-02T08:15:00.000Z';
const late = '2026-03-02T09:00:00.000Z';
const policies = policiesWith({ 'slot-release-delay': { value: null, version: 2 } });
const calendar = workingCalendar.initial;
const plan: DayPlan = {
  date: '2026-03-09',
  kind: 'working',
  windows: [{ from: '2026-03-09T06:00:00.000Z', to: '2026-03-09T14:00:00.000Z' }],
};

/** A history: one more fact than its parent, and the state it folds to. */
type History<S> = { readonly id: number; readonly parent: History<S> | undefined; readonly state: S };
type AnyState = RequestState | TicketState | AgendaState;
type Decide = (state: never) => Decision<Fact>;
type Step = { readonly id: number; readonly stream: number; readonly decide: Decide; readonly name: string };
type World = { readonly heads: readonly History<AnyState>[]; readonly steps: readonly number[]; readonly depth: number };

const identityOf = (request: string) => ({ number: request, filedOn: '2026-02-20' });

const initialHistories = new Map<string, History<AnyState>>();
const initialHistory = (stream: string): History<AnyState> => {
  const known = initialHistories.get(stream);
  if (known) return known;
  const history = { id: -1 - initialHistories.size, parent: undefined, state: initialState(stream) };
  initialHistories.set(stream, history);
  return history;
};
const initialState = (stream: string): AnyState => {
  if (stream.startsWith('t ')) return ticket.initial;
  if (stream.startsWith('a ')) return agenda.initial;
  const registered: RequestFact = {
    type: 'RequestRegistered',
    data: {
      ...identityOf(stream.slice(2)),
      applicantName: personal('name', 'x'),
      handlerStaffId: 's1',
      status: 'in-operation',
      registeredAt: early,
    },
  };
  return registeredRequest.evolve(registeredRequest.initial, registered);
};
const fold = (stream: string, state: AnyState, fact: Fact): AnyState => {
  if (stream.startsWith('t ')) return ticket.evolve(state as TicketState, fact as TicketFact);
  if (stream.startsWith('a ')) return agenda.evolve(state as AgendaState, fact as AgendaFact);
  return registeredRequest.evolve(state as RequestState, fact as RequestFact);
};
const historyOf = (head: History<AnyState>): readonly History<AnyState>[] => {
  const all: History<AnyState>[] = [];
  for (let history: History<AnyState> | undefined = head; history; history = history.parent) all.push(history);
  return all;
};
const pastOf = (head: History<AnyState> | undefined): readonly AnyState[] => (head ? historyOf(head).map(({ state }) => state) : []);
const keyOf = (heads: readonly History<AnyState>[]): string => heads.map(({ id }) => id).join(' ');
const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);

export type Finding = { readonly violation: string; readonly depth: number };
export type SearchResult = { readonly states: number; readonly finding?: Finding; readonly complete: boolean };

/**
 * Explicit-state search of the booking protocol, with the real deciders and the real `nextStep`.
 *
 * A state is the histories of all streams. A step is one append to one stream, decided against the head of that stream.
 * It may be asked for on the strength of any earlier history of every stream (stale knowledge), by a clock that is right or late,
 * any number of times (somebody else repeats it) or never (a crash): a step that was ever asked for stays possible for ever.
 */
export const search = (scenario: Scenario, protocol: Protocol, mostStates: number): SearchResult => {
  const streams: string[] = [];
  const streamIndex = (name: string): number => {
    const at = streams.indexOf(name);
    return at >= 0 ? at : streams.push(name) - 1;
  };
  const books = scenario.wishes.filter((wish) => wish.kind === 'book');
  for (const {
    request,
    ticketId,
    place: { staffId },
  } of books)
    [`r ${request}`, `t ${ticketId}`, `a ${staffId}`].forEach(streamIndex);
  for (const wish of scenario.wishes) if (wish.kind === 'move') streamIndex(`a ${wish.to.staffId}`);

  let histories = 0;
  const grown = new Map<string, History<AnyState>>();
  const grow = (stream: number, head: History<AnyState>, facts: readonly Fact[]): History<AnyState> => {
    let history = head;
    for (const fact of facts) {
      const key = `${String(history.id)} ${JSON.stringify(fact)}`;
      const state = fold(streams[stream] ?? '', history.state, fact);
      const next = grown.get(key) ?? { id: (histories += 1), parent: history, state };
      grown.set(key, next);
      history = next;
    }
    return history;
  };

  const steps: Step[] = [];
  const stepIds = new Map<string, number>();
  const step = (name: string, streamName: string, decide: Decide): number => {
    const known = stepIds.get(name);
    if (known !== undefined) return known;
    const id = steps.push({ id: steps.length, stream: streamIndex(streamName), decide, name }) - 1;
    stepIds.set(name, id);
    return id;
  };

  const moves = new Map<string, Place[]>();
  for (const wish of scenario.wishes) if (wish.kind === 'move') moves.set(wish.ticketId, [...(moves.get(wish.ticketId) ?? []), wish.to]);

  /** The append that a protocol step stands for. */
  const asAppend = (ticketId: string, request: string, wanted: BookingStep, at: string): number | undefined => {
    const onTicket = (name: string, decide: (state: TicketState) => Decision<TicketFact>) =>
      step(`${ticketId} ${name}`, `t ${ticketId}`, decide);
    const onAgenda = (name: string, { staffId }: Place, decide: (state: AgendaState) => Decision<AgendaFact>) =>
      step(`${ticketId} ${name}`, `a ${staffId}`, decide);
    switch (wanted.kind) {
      case 'lapse':
        return onTicket(`lapse ${wanted.cause} ${at}`, (state) =>
          lapse({ cause: wanted.cause, at, request: identityOf(request), place: wanted.place }, state),
        );
      case 'cancel':
        return onTicket(`cancel ${wanted.place.holdId}`, (state) =>
          isRequested(state) && state.booking.holdId === wanted.place.holdId
            ? cancel({ by: 'staff', reason: 'technical', at: early, slotFreeFrom: early, policies, calendar }, state)
            : noChange(),
        );
      case 'issue-code':
        return onTicket('code', (state) => issueCode({ at: early, policies, n: 1 }, state));
      case 'schedule':
        return onTicket('schedule', (state) => schedule({ at: early, policies, calendar }, state));
      case 'hold':
        return onAgenda(`hold ${wanted.place.holdId} ${at} ${wanted.until}`, wanted.place, (state) =>
          protocol.holdSlot({ ...wanted.place, ticketId, at, until: wanted.until, plan, dailyCap: null }, state),
        );
      case 'confirm':
        return onAgenda(`confirm ${wanted.place.holdId}`, wanted.place, (state) =>
          protocol.confirmSlot({ holdId: wanted.place.holdId, at: early }, state),
        );
      case 'release':
        return onAgenda(`release ${wanted.place.holdId}`, wanted.place, (state) =>
          releaseSlot({ ...wanted.place, ticketId, at: early, freeFrom: early }, state),
        );
      case 'end-admission':
        return step(`${ticketId} end`, `r ${request}`, (state: RequestState) =>
          protocol.endAdmission({ ticketId, newHour: 'met', at: early }, state),
        );
      case 'move': {
        const { from } = wanted.hold;
        if (from === undefined) return undefined;
        return onTicket(`move ${wanted.place.holdId} from ${from}`, (state) =>
          protocol.reschedule(
            {
              ...wanted.place,
              from,
              department: 'D',
              departmentCode: '1',
              by: 'staff',
              reason: 'technical',
              ...defined({ mode: wanted.hold.move?.mode, offerId: wanted.hold.move?.offerId }),
              citizenAgreed: true,
              at: early,
              policies,
              calendar,
            },
            state,
          ),
        );
      }
      case 'wait':
      case 'unreadable':
      case 'done':
        return undefined;
    }
  };

  /** What a person may ask for: their steps need no knowledge but that the thing exists. */
  const wishSteps = (heads: readonly History<AnyState>[]): readonly number[] => {
    const found: number[] = [];
    const ticketAt = (ticketId: string) => pastOf(heads[streamIndex(`t ${ticketId}`)]) as readonly TicketState[];
    for (const wish of scenario.wishes) {
      if (wish.kind === 'book') {
        const { ticketId, request, email } = wish;
        found.push(
          step(`${ticketId} admit`, `r ${request}`, (state: RequestState) =>
            protocol.admitTicket({ ticketId, ...wish.place, at: early, until }, state),
          ),
        );
        const admitted = (pastOf(heads[streamIndex(`r ${request}`)]) as readonly RequestState[]).some(
          (state) => state.status !== 'unknown' && state.admittedTicketIds.includes(ticketId),
        );
        if (admitted) {
          const contact = {
            name: personal('contact', 'x'),
            phone: personal('contact', '0264 596 030'),
            ...(email ? { email: personal('contact', 'x@example.org') } : {}),
          };
          const asked = {
            request: identityOf(request),
            department: 'D',
            departmentCode: '1',
            mode: 'in-person',
            reference: 'TA-0',
          } as const;
          found.push(
            step(`${ticketId} request`, `t ${ticketId}`, (state: TicketState) =>
              requestTicket(
                {
                  ...asked,
                  ...wish.place,
                  requestedAt: early,
                  heldUntil: until,
                  ground: { kind: 'in-operation' },
                  matched: ['number', 'name', 'filed-on'],
                  contact,
                  locale: 'ro',
                  policies,
                  calendar,
                },
                state,
              ),
            ),
          );
        }
        if (email) found.push(step(`${ticketId} verify`, `t ${ticketId}`, (state: TicketState) => verifyEmail({ n: 1, at: early }, state)));
      }
      if (wish.kind === 'cancel') {
        const { ticketId } = wish;
        found.push(
          step(`${ticketId} cancel`, `t ${ticketId}`, (state: TicketState) =>
            cancel({ by: 'staff', reason: 'illness', at: early, slotFreeFrom: early, policies, calendar }, state),
          ),
        );
      }
      if (wish.kind === 'withdraw') {
        const { ticketId, request, place: given } = wish;
        found.push(
          step(`${ticketId} withdraw`, `t ${ticketId}`, (state: TicketState) =>
            lapse({ cause: 'withdrawn', at: early, request: identityOf(request), place: given }, state),
          ),
        );
      }
      if (wish.kind === 'block') {
        found.push(
          step(`block ${wish.staffId}`, `a ${wish.staffId}`, (state: AgendaState) =>
            blockTime(
              { blockId: 'b', from: '2026-03-09T00:00:00.000Z', to: '2026-03-10T00:00:00.000Z', cause: 'absence', at: early },
              state,
            ),
          ),
        );
      }
      if (wish.kind === 'change-mode') {
        const { ticketId, mode } = wish;
        const said = { by: 'staff', reason: 'technical', citizenAgreed: false, at: early, policies, calendar } as const;
        found.push(
          step(`${ticketId} mode ${mode}`, `t ${ticketId}`, (state: TicketState) =>
            isRequested(state) ? changeMode({ ...said, slot: state.booking.slot, mode }, state) : noChange(),
          ),
        );
      }
      if (wish.kind === 'offer') {
        const { ticketId, offerId } = wish;
        const to = { departmentCode: '2', department: 'E' };
        const said = { offerId, to, askedOf: 's9', reason: personal('contact', 'x'), by: 's1', at: early, policies, calendar };
        found.push(step(`${ticketId} offer ${offerId}`, `t ${ticketId}`, (state: TicketState) => offerMove(said, state)));
      }
      if (wish.kind === 'withdraw-offer') {
        const { ticketId, offerId } = wish;
        found.push(
          step(`${ticketId} withdraw offer ${offerId}`, `t ${ticketId}`, (state: TicketState) =>
            isRequested(state) && state.offers.newest?.offerId === offerId ? withdrawOffer({ by: 's1', at: early }, state) : noChange(),
          ),
        );
      }
      if (wish.kind === 'move') {
        const { ticketId, to, mode, offerId } = wish;
        for (const state of ticketAt(ticketId)) {
          if (!stillStands(state) || state.booking.holdId === to.holdId) continue;
          // accepted by whoever sees it open, which may be old news
          if (offerId !== undefined && openOffer(state, early)?.offerId !== offerId) continue;
          const from = state.booking.holdId;
          const said = { by: 'staff', reason: 'technical', citizenAgreed: true, requestedAt: early } as const;
          const move = { kind: 'reschedule' as const, ...said, ...defined({ mode, offerId }) };
          found.push(
            step(`${ticketId} hold ${to.holdId} from ${from}`, `a ${to.staffId}`, (agendaState: AgendaState) =>
              protocol.holdSlot({ ...to, ticketId, at: early, until, plan, dailyCap: null, from, move }, agendaState),
            ),
          );
        }
      }
    }
    return found;
  };

  const startHeads = streams.map((name) => initialHistory(name));
  const asked = new Map<string, BookingStep>();
  const nextOf = (
    ticketId: string,
    request: History<AnyState>,
    standing: History<AnyState>,
    agendas: ReadonlyMap<string, History<AnyState>>,
    moveTo: Place | undefined,
    at: string,
  ) => {
    const key = [ticketId, request.id, standing.id, ...[...agendas.values()].map(({ id }) => id), moveTo?.holdId ?? '', at].join(' ');
    const known = asked.get(key);
    if (known) return known;
    const knowledge: BookingKnowledge = {
      ticketId,
      request: request.state as RequestState,
      ticket: standing.state as TicketState,
      agendaOf: ({ staffId }) => agendas.get(staffId)?.state as AgendaState,
      ...(moveTo === undefined ? {} : { moveTo }),
      at,
    };
    const answer = protocol.nextStep(knowledge);
    asked.set(key, answer);
    return answer;
  };

  const agendaNames = streams.filter((name) => name.startsWith('a '));
  /** Every step that somebody could ask for who knew one of these histories of each stream. */
  const protocolSteps = (choices: readonly (readonly History<AnyState>[])[], heads: readonly History<AnyState>[]): readonly number[] => {
    const found = new Set<number>();
    const add = (id: number | undefined): void => {
      if (id !== undefined) found.add(id);
    };
    for (const { ticketId, request } of books) {
      const ticketStream = streamIndex(`t ${ticketId}`);
      const agendaChoices = product(agendaNames.map((name) => choices[streamIndex(name)] ?? []));
      for (const r of choices[streamIndex(`r ${request}`)] ?? []) {
        for (const t of choices[ticketStream] ?? []) {
          for (const chosen of agendaChoices) {
            const agendas = new Map(agendaNames.map((name, index) => [name.slice(2), chosen[index] ?? initialHistory(name)] as const));
            for (const moveTo of [undefined, ...(moves.get(ticketId) ?? [])]) {
              for (const at of [early, late]) {
                const wanted = nextOf(ticketId, r, t, agendas, moveTo, at);
                add(asAppend(ticketId, request, wanted, at));
                const besides = t === heads[ticketStream] ? undefined : protocol.onConflict?.(wanted);
                if (besides) add(asAppend(ticketId, request, besides, at));
                // The agenda may say no; whoever hears it ends a ticket that was never scheduled.
                if ((wanted.kind === 'hold' || wanted.kind === 'confirm') && wanted.place.holdId !== moveTo?.holdId) {
                  const id = asAppend(ticketId, request, wanted, at);
                  const tried = id === undefined ? undefined : steps[id];
                  const agendaStream = streamIndex(`a ${wanted.place.staffId}`);
                  if (tried && (choices[agendaStream] ?? []).some(({ state }) => isRefusal(tried.decide(state as never)))) {
                    add(asAppend(ticketId, request, { kind: 'lapse', cause: 'slot-lost', place: wanted.place }, at));
                  }
                }
              }
            }
          }
        }
      }
    }
    return [...found];
  };

  const taken = new Map<string, History<AnyState> | null>();
  /** The head after this step; null when it is refused or changes nothing. */
  const take = (id: number, head: History<AnyState>): History<AnyState> | null => {
    const key = `${String(id)} ${String(head.id)}`;
    const known = taken.get(key);
    if (known !== undefined) return known;
    const chosen = steps[id];
    const decision = chosen?.decide(head.state as never);
    const next = chosen && decision && !isRefusal(decision) && decision.facts.length > 0 ? grow(chosen.stream, head, decision.facts) : null;
    taken.set(key, next);
    return next;
  };

  const agendaAt = (heads: readonly History<AnyState>[], name: string) =>
    (heads[streamIndex(name)] ?? initialHistory(name)).state as AgendaState;

  const ticketsOf = (heads: readonly History<AnyState>[]) =>
    books.map((book) => ({ ...book, state: heads[streamIndex(`t ${book.ticketId}`)]?.state as TicketState }));

  /** Whose mode somebody changes besides. */
  const changesMode = new Set(scenario.wishes.flatMap((wish) => (wish.kind === 'change-mode' ? [wish.ticketId] : [])));

  const unsafe = (heads: readonly History<AnyState>[]): string | undefined => {
    const tickets = ticketsOf(heads);
    const standing = new Map<string, string>();
    for (const { ticketId, state } of tickets) {
      if (!isRequested(state) || !stillStands(state)) continue;
      const { staffId, slot, holdId } = state.booking;
      const spot = `${staffId} ${slot.startsAt}`;
      if (standing.has(spot)) return `double booking of ${spot}`;
      standing.set(spot, ticketId);
      const hold = agendaAt(heads, `a ${staffId}`).holds[holdId];
      if (hold?.standing !== 'confirmed' || hold.ticketId !== ticketId)
        return `${ticketId} is scheduled on a hold that is ${hold?.standing ?? 'not there'}`;
      const wanted = hold.move?.mode ?? state.booking.mode;
      if (wanted !== state.booking.mode && !changesMode.has(ticketId))
        return `${ticketId} was moved, and not to the mode that was asked for`;
    }
    for (const { ticketId } of tickets) {
      for (const { state, parent } of historyOf(heads[streamIndex(`t ${ticketId}`)] ?? initialHistory(''))) {
        const [is, was] = [state as TicketState, parent?.state as TicketState | undefined];
        if (was === undefined || !isRequested(is) || !isRequested(was) || is.booking.holdId === was.booking.holdId) continue;
        const { staffId, holdId } = is.booking;
        const offerId = agendaAt(heads, `a ${staffId}`).holds[holdId]?.move?.offerId;
        if (offerId !== undefined && was.offers.ended.includes(offerId)) return `${ticketId} was moved by an offer that had ended`;
      }
    }
    for (const request of new Set(books.map((book) => book.request))) {
      if (tickets.filter((one) => one.request === request && isActive(one.state)).length > 1) return `two active tickets of ${request}`;
      const state = heads[streamIndex(`r ${request}`)]?.state as RequestState;
      const ids = state.status === 'unknown' ? [] : state.admittedTicketIds;
      const admitted = state.status === 'unknown' ? undefined : state.admission?.ticketId;
      const free = tickets.find((one) => one.request === request && isActive(one.state) && one.ticketId !== admitted);
      if (free) return `${free.ticketId} goes on without an admission`;
      if (new Set(ids).size !== ids.length) return `a ticket of ${request} was admitted twice`;
    }
    return undefined;
  };

  /**
   * Nobody crashing, all clocks late: does it come to rest, and clean? Whoever goes on remembers the streams as they were once, asks the
   * protocol by that and decides on it; the store takes an append only from who knows what stands.
   */
  const settle = (start: readonly History<AnyState>[], known: readonly History<AnyState>[]): string | undefined => {
    const heads = [...start];
    const memory = [...known];
    /** @returns whether there was anything new */
    const lookAnew = (when: Parameters<Protocol['loadsAnew']>[0], among: Iterable<number> = heads.keys()): boolean => {
      if (!protocol.loadsAnew(when)) return false;
      const changed = [...among].filter((stream) => memory[stream] !== heads[stream]);
      for (const stream of changed) memory.splice(stream, 1, ...heads.slice(stream, stream + 1));
      return changed.length > 0;
    };
    /** What comes of a step: `again` where it must be asked for anew, by what is known now. */
    const tryStep = (id: number): 'moved' | 'again' | 'refused' | 'nothing' => {
      const stream = steps[id]?.stream ?? 0;
      const [seen, head] = [memory[stream], heads[stream]];
      if (!seen || !head) return 'nothing';
      const next = take(id, seen);
      if (next === null) {
        if (lookAnew('refusal')) return 'again';
        return isRefusal(steps[id]?.decide(seen.state as never)) ? 'refused' : 'nothing';
      }
      if (seen !== head) return lookAnew('conflict', [stream]) ? 'again' : 'nothing';
      heads[stream] = next;
      memory[stream] = next;
      return 'moved';
    };
    for (let round = 0; round < 80; round += 1) {
      let moved = false;
      for (const { ticketId, request } of books) {
        const agendas = new Map(agendaNames.map((name) => [name.slice(2), memory[streamIndex(name)] ?? initialHistory(name)] as const));
        for (const moveTo of [undefined, ...(moves.get(ticketId) ?? [])]) {
          const r = memory[streamIndex(`r ${request}`)];
          const t = memory[streamIndex(`t ${ticketId}`)];
          if (!r || !t) continue;
          const wanted = nextOf(ticketId, r, t, agendas, moveTo, late);
          const id = asAppend(ticketId, request, wanted, late);
          if (id === undefined) continue;
          let tried = tryStep(id);
          if (tried === 'refused' && (wanted.kind === 'hold' || wanted.kind === 'confirm') && wanted.place.holdId !== moveTo?.holdId) {
            const stands = heads[steps[id]?.stream ?? 0]?.state;
            if (!isRefusal(steps[id]?.decide(stands as never))) return `${ticketId} was refused what it might have had`;
            const lost = asAppend(ticketId, request, { kind: 'lapse', cause: 'slot-lost', place: wanted.place }, late);
            tried = lost === undefined ? 'nothing' : tryStep(lost);
          }
          moved = tried === 'moved' || tried === 'again';
          if (moved) break;
        }
        if (moved) break;
      }
      if (!moved && !lookAnew('rest')) return unclean(heads);
    }
    return 'it never comes to rest';
  };
  /** What somebody may remember: all as it stands, all one fact ago, or nothing yet. */
  const memoriesOf = (heads: readonly History<AnyState>[]) => [heads, heads.map((head) => head.parent ?? head), startHeads];

  const unclean = (heads: readonly History<AnyState>[]): string | undefined => {
    for (const { ticketId, request, state } of ticketsOf(heads)) {
      if (isRequested(state) && isPending(state)) return `${ticketId} hangs as ${state.status}`;
      const admission = heads[streamIndex(`r ${request}`)]?.state as RequestState;
      if (hasEnded(state) && admission.status !== 'unknown' && admission.admission?.ticketId === ticketId)
        return `orphan admission of ${ticketId}`;
      if (state.status === 'absent' && admission.status !== 'unknown' && admission.admission?.ticketId === ticketId)
        return `${ticketId} hangs admitted`;
    }
    for (const name of agendaNames) {
      for (const hold of Object.values(agendaAt(heads, name).holds)) {
        if (hold.standing !== 'confirmed') continue;
        const owner = ticketsOf(heads).find(({ ticketId }) => ticketId === hold.ticketId)?.state;
        if (!owner || !isRequested(owner) || !isActive(owner) || owner.booking.holdId !== hold.holdId) return `orphan hold ${hold.holdId}`;
      }
    }
    return unsafe(heads);
  };

  const seen = new Set<string>([keyOf(startHeads)]);
  let frontier: World[] = [{ heads: startHeads, steps: wishSteps(startHeads), depth: 0 }];
  while (frontier.length > 0) {
    const next: World[] = [];
    for (const world of frontier) {
      const found = memoriesOf(world.heads).map((known) => settle(world.heads, known));
      const violation = unsafe(world.heads) ?? found.find((one) => one !== undefined);
      if (violation) return { states: seen.size, complete: false, finding: { violation, depth: world.depth } };
      for (const id of world.steps) {
        const stream = steps[id]?.stream ?? 0;
        const head = world.heads[stream];
        const after = head ? take(id, head) : null;
        if (!after) continue;
        const heads = world.heads.with(stream, after);
        const key = keyOf(heads);
        if (seen.has(key)) continue;
        if (seen.size >= mostStates) return { states: seen.size, complete: false };
        seen.add(key);
        // All that could be asked for before, and all that the new fact lets somebody ask for.
        const choices = heads.map((history, index) => (index === stream ? [history] : historyOf(history)));
        const all = new Set([...world.steps, ...wishSteps(heads), ...protocolSteps(choices, heads)]);
        next.push({ heads, steps: [...all], depth: world.depth + 1 });
      }
    }
    frontier = next;
  }
  return { states: seen.size, complete: true };
};
