import { inBoth } from '../../phrasing/sentences';
import type { RecordRecordingInput } from '../../../application/meeting/recordings';
import { invalidField } from '../problem/invalid';
import { defined } from '../../../domain/kernel/defined';
import type { RecordingBody } from './staff';

/** Its fields; how they came together does not matter here. */
type Fields = { readonly [F in keyof RecordingBody]: RecordingBody[F] };

/** The one of three forms that the body has. @throws HttpProblem `invalid` when it is none, or more than one */
export const recordingOf = (body: Fields): RecordRecordingInput['recording'] => {
  const { recordingId, durationSeconds, url, startedAt, missing, waived, offeredAlternative } = body;
  const forms = [recordingId, missing, waived].filter((form) => form !== undefined);
  if (forms.length !== 1) {
    throw invalidField('body', inBoth.api.invalid.exactlyOne);
  }
  if (missing !== undefined) return { kind: 'missing', reason: missing };
  if (waived !== undefined) return { kind: 'waived', reason: waived, offeredAlternative: offeredAlternative === true };
  if (recordingId === undefined || durationSeconds === undefined) {
    throw invalidField('durationSeconds', inBoth.api.invalid.duration);
  }
  return {
    kind: 'attached',
    recordingId,
    durationSeconds,
    ...defined({ url, startedAt }),
  };
};
