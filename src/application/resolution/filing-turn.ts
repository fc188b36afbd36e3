import type { Ports } from '../kernel/ports/ports';

/** Who makes the connected document: the machine through the register's gateway, or a person in the register itself. */
export type FilingHand = 'machine' | 'person';
type TurnPorts = Pick<Ports, 'operations'>;

const holderOf = (ticketId: string, hand: FilingHand): string => `filing/${hand}/${ticketId}`;

/**
 * Only one of the two may be at it: between the machine's look at the log and the register's answer nobody may enter a number, and
 * once a person has begun to, the machine must not file any more. One place under a tag, taken by one statement in every store, is
 * that turn. It outlives a crash: the machine takes its own again when it repeats the call, the person when the form is sent again.
 * @returns false while the other one has it
 */
export const takeFilingTurn = ({ operations }: TurnPorts, ticketId: string, hand: FilingHand): Promise<boolean> =>
  operations.places.claim(`filing/${ticketId}`, holderOf(ticketId, hand), 1);

export const leaveFilingTurn = ({ operations }: TurnPorts, ticketId: string, hand: FilingHand): Promise<void> =>
  operations.places.release(holderOf(ticketId, hand));
