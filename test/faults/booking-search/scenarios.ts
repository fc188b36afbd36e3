import { place, type Scenario } from './protocol';

/** Small worlds, each with the least in it that can go wrong. */
export const scenarios = {
  'two citizens want one slot': {
    name: 'two citizens want one slot',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: true },
      { kind: 'book', ticketId: 'B', request: '2', place: place('s1', '08:00', 'b1'), email: true },
    ],
  },
  'one request, asked for twice': {
    name: 'one request, asked for twice',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: true },
      { kind: 'book', ticketId: 'B', request: '1', place: place('s1', '08:15', 'b1'), email: false },
    ],
  },
  'a cancelled slot is wanted by another': {
    name: 'a cancelled slot is wanted by another',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'book', ticketId: 'B', request: '2', place: place('s1', '08:00', 'b1'), email: false },
      { kind: 'cancel', ticketId: 'A' },
    ],
  },
  'cancelled, and asked for again': {
    name: 'cancelled, and asked for again',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: true },
      { kind: 'book', ticketId: 'B', request: '1', place: place('s1', '08:00', 'b1'), email: false },
      { kind: 'cancel', ticketId: 'A' },
    ],
  },
  'the address corrected before the code': {
    name: 'the address corrected before the code',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: true },
      { kind: 'withdraw', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1') },
      { kind: 'book', ticketId: 'B', request: '1', place: place('s1', '08:00', 'b1'), email: false },
    ],
  },
  'moved to where another wants to be': {
    name: 'moved to where another wants to be',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'book', ticketId: 'B', request: '2', place: place('s1', '08:15', 'b1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s1', '08:15', 'a2') },
    ],
  },
  'moved away, and another comes': {
    name: 'moved away, and another comes',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'book', ticketId: 'B', request: '2', place: place('s1', '08:00', 'b1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s1', '08:15', 'a2') },
    ],
  },
  'moved twice at once': {
    name: 'moved twice at once',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s1', '08:15', 'a2') },
      { kind: 'move', ticketId: 'A', to: place('s1', '08:30', 'a3') },
    ],
  },
  'moved and cancelled at once': {
    name: 'moved and cancelled at once',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s1', '08:15', 'a2') },
      { kind: 'cancel', ticketId: 'A' },
    ],
  },
  'moved to another agenda': {
    name: 'moved to another agenda',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s2', '08:15', 'a2') },
      { kind: 'cancel', ticketId: 'A' },
    ],
  },
  'the day is blocked meanwhile': {
    name: 'the day is blocked meanwhile',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: true },
      { kind: 'book', ticketId: 'B', request: '2', place: place('s1', '08:15', 'b1'), email: false },
      { kind: 'block', staffId: 's1' },
    ],
  },
  'moved into a day that is blocked': {
    name: 'moved into a day that is blocked',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s2', '08:15', 'a2') },
      { kind: 'block', staffId: 's2' },
    ],
  },
} as const satisfies Record<string, Scenario>;

/** Larger worlds, for the long form of the search only. */
export const largerScenarios: readonly Scenario[] = [
  {
    name: 'three citizens want one slot',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: true },
      { kind: 'book', ticketId: 'B', request: '2', place: place('s1', '08:00', 'b1'), email: true },
      { kind: 'book', ticketId: 'C', request: '3', place: place('s1', '08:00', 'c1'), email: false },
    ],
  },
  {
    name: 'one moves, is cancelled and asks again, another comes, the day is blocked',
    wishes: [
      { kind: 'book', ticketId: 'A', request: '1', place: place('s1', '08:00', 'a1'), email: false },
      { kind: 'move', ticketId: 'A', to: place('s1', '08:15', 'a2') },
      { kind: 'cancel', ticketId: 'A' },
      { kind: 'book', ticketId: 'B', request: '1', place: place('s1', '08:00', 'b1'), email: false },
      { kind: 'block', staffId: 's1' },
    ],
  },
];
