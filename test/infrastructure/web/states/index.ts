import { auditStates } from './audit';
import { bookingStates } from './booking';
import { counterStates } from './counter';
import { figuresStates } from './figures';
import { groundStates } from './ground';
import { meetingsStates } from './meetings';
import { officeStates } from './office';
import { registryStates } from './registry';
import type { PageState } from './state';

/** By the file that says them. */
export const statesByArea: Readonly<Record<string, readonly PageState[]>> = {
  audit: auditStates,
  booking: bookingStates,
  counter: counterStates,
  figures: figuresStates,
  ground: groundStates,
  meetings: meetingsStates,
  office: officeStates,
  registry: registryStates,
};

/** Every state of every page. */
export const allStates: readonly PageState[] = Object.values(statesByArea).flat();
