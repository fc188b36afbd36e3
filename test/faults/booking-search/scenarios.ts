import type { Place } from '../../../src/domain/booking/next-step';
import { place, type Scenario, type Wish } from './protocol';

/** At the first person's hour. */
const at = (hour: string, holdId: string): Place => place('s1', hour, holdId);
export const books = (ticketId: string, request: string, where: Place, email = false): Wish => ({
  kind: 'book',
  ticketId,
  request,
  place: where,
  email,
});
const booksByEmail = (ticketId: string, request: string, where: Place): Wish => books(ticketId, request, where, true);
const moves = (ticketId: string, to: Place): Wish => ({ kind: 'move', ticketId, to });
const cancels = (ticketId: string): Wish => ({ kind: 'cancel', ticketId });
const withdraws = (ticketId: string, request: string, where: Place): Wish => ({ kind: 'withdraw', ticketId, request, place: where });
const blocks = (staffId: string): Wish => ({ kind: 'block', staffId });

const named = <Name extends string>(worlds: Readonly<Record<Name, readonly Wish[]>>) =>
  Object.fromEntries(Object.entries(worlds).map(([name, wishes]) => [name, { name, wishes }])) as Record<Name, Scenario>;

/** Small worlds, each with the least in it that can go wrong. */
export const scenarios = named({
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
});

/** Larger worlds, for the long form of the search only. */
export const largerScenarios = named({
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
