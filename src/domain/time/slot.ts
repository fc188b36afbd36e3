import type { Instant } from '../kernel/instant';

/** Art. 6. Fifteen minutes on the grid :00 :15 :30 :45 (A15). */
export type Slot = { readonly startsAt: Instant; readonly endsAt: Instant };
