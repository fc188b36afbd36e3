import type { ChangeReason } from '../../../domain/ticket/facts';

/** What a citizen may give as a reason, out of A20's. */
export type CitizenReason = Extract<ChangeReason, 'illness' | 'leave' | 'technical' | 'other'>;
export const citizenReasons: readonly CitizenReason[] = ['illness', 'leave', 'technical', 'other'];
