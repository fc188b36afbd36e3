import { refuse, type Refusal } from '../../domain/kernel/refusal';
import type { ExecutePorts } from '../kernel/execute';
import { currentStaff } from '../kernel/streams';

/** A request that names somebody whom nobody knows could never be met: refuses `invalid` naming the field. */
export const unknownStaff = async (ports: ExecutePorts, field: string, staffId: string | undefined): Promise<Refusal | undefined> =>
  staffId === undefined || (await currentStaff(ports, staffId)).status === 'known'
    ? undefined
    : refuse('invalid', { field, reason: 'unknown-staff' });
