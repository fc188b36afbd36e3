import type { Check } from './check';

/** C01 to C21. */
export const checks: readonly Check[] = [];
