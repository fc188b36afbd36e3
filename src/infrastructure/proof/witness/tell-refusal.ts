import type { Clock } from '../../../application/ports/clock';
import type { Journal } from '../../../application/ports/journal';
import type { Operations } from '../../../application/ports/operations';
import type { WitnessFault } from './witness-newest';

/** The newest contradiction, for whoever looks at the installation. */
export const refusalRegister = 'witness-refused';

/** Said at once in the journal, and kept. */
export const tellRefusal =
  ({ registers, journal, clock }: { readonly registers: Operations['registers']; readonly journal: Journal; readonly clock: Clock }) =>
  async (fault: WitnessFault): Promise<void> => {
    const { witness, reason, size, known } = fault;
    journal.error('witness.refused', { witness, reason, size, known });
    await registers.put(refusalRegister, JSON.stringify({ ...fault, at: clock.now() }));
  };
