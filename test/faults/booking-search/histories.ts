import type { AgendaFact } from '../../../src/domain/agenda/facts';
import { agenda, type AgendaState } from '../../../src/domain/agenda/agenda';
import type { Fact } from '../../../src/domain/kernel/fact';
import { personal } from '../../../src/domain/kernel/personal-text';
import type { RequestFact } from '../../../src/domain/request/facts';
import { registeredRequest, type RequestState } from '../../../src/domain/request/request';
import type { TicketFact } from '../../../src/domain/ticket/facts';
import type { TicketState } from '../../../src/domain/ticket/state';
import { ticket } from '../../../src/domain/ticket/ticket';
import { type AnyState, type History, early, identityOf } from './world';

const initialHistories = new Map<string, History<AnyState>>();
export const initialHistory = (stream: string): History<AnyState> => {
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
export const fold = (stream: string, state: AnyState, fact: Fact): AnyState => {
  if (stream.startsWith('t ')) return ticket.evolve(state as TicketState, fact as TicketFact);
  if (stream.startsWith('a ')) return agenda.evolve(state as AgendaState, fact as AgendaFact);
  return registeredRequest.evolve(state as RequestState, fact as RequestFact);
};
export const historyOf = (head: History<AnyState>): readonly History<AnyState>[] => {
  const all: History<AnyState>[] = [];
  for (let history: History<AnyState> | undefined = head; history; history = history.parent) all.push(history);
  return all;
};
export const pastOf = (head: History<AnyState> | undefined): readonly AnyState[] => (head ? historyOf(head).map(({ state }) => state) : []);
export const keyOf = (heads: readonly History<AnyState>[]): string => heads.map(({ id }) => id).join(' ');
export const product = <T>(lists: readonly (readonly T[])[]): readonly (readonly T[])[] =>
  lists.reduce<readonly (readonly T[])[]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);
