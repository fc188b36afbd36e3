import type { CivilDate } from '../../../domain/kernel/fact';
import { inBoth, type Sentence } from '../../phrasing/sentences';

/** What tichet was tried on, and until when upstream mends its faults: https://github.com/nodejs/Release, schedule.json, December 2026. */
const ends: Readonly<Record<string, CivilDate>> = { '20': '2026-04-30', '22': '2027-04-30', '24': '2028-04-30', '26': '2029-04-30' };

/** A remark and no finding: a distribution may care for what upstream has left. */
export const nodeRelease = (version: string, today: CivilDate): Sentence => {
  const { maintained, ended, untried } = inBoth.cli.doctor.node;
  const [major = ''] = version.split('.');
  const end = ends[major];
  if (end === undefined) return untried({ version, tried: Object.keys(ends).join(', ') });
  return today > end ? ended({ version, end, major }) : maintained({ version, end });
};
