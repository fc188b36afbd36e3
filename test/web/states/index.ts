import { groundStates } from './ground';
import type { PageState } from './state';

/** By the file that says them. */
export const statesByArea: Readonly<Record<string, readonly PageState[]>> = {
  ground: groundStates,
};

/** Every state of every page. */
export const allStates: readonly PageState[] = Object.values(statesByArea).flat();
