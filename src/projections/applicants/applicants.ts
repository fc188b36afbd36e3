import type { Projection } from '../../application/kernel/ports/projection';
import { type ApplicantRow, tables } from '../../application/kernel/ports/tables';
import { requestKeyOf } from '../kernel/streams';

/** Art. 3 b: one row a request, its name as it is by now and nothing that grows. */
export const applicants: Projection<ApplicantRow> = {
  name: tables.applicants,
  keyedBy: '`<number>_<filedOn>`',
  told: 'whose request it is, for looking it up (Art. 3 b)',
  version: 1,
  columns: {},
  looksAt: { request: ['RequestRegistered', 'ApplicantCorrected'] },
  keysOf: (event) => (event.category === 'request' ? [requestKeyOf(event.stream)] : []),
  apply: (row, event) => {
    if (event.category !== 'request') return row;
    const { fact } = event;
    if (fact.type === 'RequestRegistered') {
      const { number, filedOn, applicantName } = fact.data;
      return { number, filedOn, applicantName };
    }
    return row === undefined || fact.type !== 'ApplicantCorrected' ? row : { ...row, applicantName: fact.data.applicantName };
  },
};
