import type { Instant } from '../kernel/instant';
import type { Slot } from '../time/slot';

/** Art. 8. Until when a meeting that cannot take place at its hour must have another: nobody may come to it in vain. */
export const moveDue = ({ startsAt }: Slot): Instant => startsAt;
